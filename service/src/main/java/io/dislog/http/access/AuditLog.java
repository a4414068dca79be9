package io.dislog.http.access;

import io.dislog.access.Need;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.notation.Time;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Writes who asked for what, from where, and what came of it: of changes of the service as a whole
 * and of refusals, or of all requests. Safe for use by many threads.
 */
@Singleton
final class AuditLog {

  private static final Logger LOG = Logger.getLogger("io.dislog.audit");
  private static final String SETTING = "dislog.audit.log";

  private final boolean all;
  private final boolean json;
  private final InstantSource clock = InstantSource.system();

  @Inject
  AuditLog(ServiceConfig config) {
    String which = config.audit().log();
    if (!Set.of("admin", "all").contains(which)) {
      throw new ConfigurationException(
          "%s is '%s', which is neither admin nor all".formatted(SETTING, which), Set.of(SETTING));
    }
    all = which.equals("all");
    json = config.audit().json();
  }

  /** Whether a request that is allowed is written. */
  boolean takes(Need need) {
    return all || need == Need.ADMIN;
  }

  /**
   * Writes an entry.
   *
   * @param outcome the status of the answer, or that there was none
   */
  void write(Exchange exchange, String principal, Need need, String outcome) {
    SocketAddress address = exchange.request().remoteAddress();
    AuditEntry entry =
        new AuditEntry(
            Time.print(clock.millis()),
            principal,
            address == null ? "" : address.toString(),
            exchange.request().method().name() + " " + exchange.path(),
            exchange.path().logName(),
            need.text(),
            outcome);
    LOG.info(json ? entry.json() : entry.line());
  }
}
