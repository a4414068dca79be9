package io.dislog.http.access;

import io.dislog.access.Rules;
import io.dislog.access.RulesFormat;
import io.dislog.access.Tokens;
import io.dislog.access.WatchedFile;
import io.dislog.http.config.ServiceConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The files of rules and of named tokens, looked at each second. Safe for use by many threads.
 *
 * <p>The setting decides whether there are rules, not the file: one that can't be read at the start
 * allows nothing to anybody.
 */
@Singleton
public final class AccessFiles {

  private static final Logger LOG = Logger.getLogger(AccessFiles.class);
  private static final long LOOK_MILLIS = 1000;
  private static final String RULES = "dislog.auth.rules-file";
  private static final String TOKENS = "dislog.auth.tokens-file";

  private final @Nullable WatchedFile<Rules> rules;
  private final @Nullable WatchedFile<Tokens> tokens;

  @Inject
  AccessFiles(ServiceConfig config, MeterRegistry registry) {
    rules = watch(config.auth().rulesFile(), RULES, RulesFormat::parse, Rules.NONE);
    tokens = watch(config.auth().tokensFile(), TOKENS, Tokens::parse, Tokens.NONE);
    Gauge.builder("dislog.auth.rules.stale", this, files -> files.flaws().isEmpty() ? 0 : 1)
        .description("1 while a file of rules or tokens can't be read as it is")
        .register(registry);
  }

  private static <T> @Nullable WatchedFile<T> watch(
      Optional<String> path, String setting, Function<String, T> parse, T nothing) {
    if (path.isEmpty()) {
      return null;
    }
    WatchedFile<T> file = new WatchedFile<>(Path.of(path.get()), parse, nothing);
    String flaw = file.flaw();
    if (flaw != null) {
      LOG.errorf("%s can't be read, and so allows nothing: %s: %s", setting, file.path(), flaw);
    }
    return file;
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    if (rules != null || tokens != null) {
      vertx.setPeriodic(LOOK_MILLIS, time -> vertx.executeBlocking(this::look));
    }
  }

  private @Nullable Void look() {
    look(rules, RULES);
    look(tokens, TOKENS);
    return null;
  }

  private static void look(@Nullable WatchedFile<?> file, String setting) {
    if (file == null || !file.look()) {
      return;
    }
    String flaw = file.flaw();
    if (flaw == null) {
      LOG.infof("%s was read again: %s", setting, file.path());
    } else {
      LOG.errorf(
          "%s can't be read, and what it said before stays in force: %s: %s",
          setting, file.path(), flaw);
    }
  }

  /** Whether an operator has written rules, readable or not. */
  boolean hasRules() {
    return rules != null;
  }

  /** What is allowed now. */
  Rules rules() {
    return rules == null ? Rules.OPEN : rules.content();
  }

  Tokens tokens() {
    return tokens == null ? Tokens.NONE : tokens.content();
  }

  /** Why files can't be read as they are, by the settings that name them. */
  public Map<String, String> flaws() {
    Map<String, String> flaws = new TreeMap<>();
    addFlaw(flaws, RULES, rules);
    addFlaw(flaws, TOKENS, tokens);
    return flaws;
  }

  private static void addFlaw(
      Map<String, String> flaws, String setting, @Nullable WatchedFile<?> file) {
    String flaw = file == null ? null : file.flaw();
    if (flaw != null) {
      flaws.put(setting, flaw);
    }
  }
}
