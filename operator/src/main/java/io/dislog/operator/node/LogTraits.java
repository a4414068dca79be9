package io.dislog.operator.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dislog.api.Span;
import io.dislog.operator.crd.LogSpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The traits of a log: what it is given when it is created, and keeps. Immutable.
 *
 * @param contentType a media type
 * @param ttl a duration
 * @param expiresAt a time, as RFC 3339
 */
record LogTraits(@Nullable String contentType, @Nullable String ttl, @Nullable String expiresAt) {

  private static final String CONTENT_TYPE = "contentType";
  private static final String TTL = "ttl";
  private static final String EXPIRES_AT = "expiresAt";

  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  /** What a resource says of one log. */
  static LogTraits by(LogSpec log) {
    return new LogTraits(log.contentType(), log.ttl(), log.expiresAt());
  }

  /** What a log's configuration says. */
  static LogTraits by(JsonNode config) {
    return new LogTraits(
        config.path(CONTENT_TYPE).textValue(),
        config.path(TTL).textValue(),
        config.path(EXPIRES_AT).textValue());
  }

  /** Has a new log's configuration say this, times in the service's own notation. */
  void putInto(ObjectNode config) {
    put(config, CONTENT_TYPE, contentType);
    put(config, TTL, ttl);
    put(config, EXPIRES_AT, end().map(MILLIS::format).orElse(expiresAt));
  }

  private static void put(ObjectNode config, String member, @Nullable String value) {
    if (value != null) {
      config.put(member, value);
    }
  }

  /** Whether a log goes by itself. */
  boolean isFinite() {
    return ttl != null || expiresAt != null;
  }

  /** When it goes at the latest; empty where that is not said, or not as a time. */
  Optional<Instant> end() {
    return Optional.ofNullable(expiresAt).flatMap(LogTraits::time);
  }

  /**
   * What of this is not as it is wanted, for people: {@code ttl 1h instead of ttl 30m}; empty where
   * all is, in whatever unit.
   */
  Optional<String> difference(LogTraits wanted) {
    return Stream.of(
            difference(CONTENT_TYPE, contentType, wanted.contentType, LogTraits::mediaType),
            difference(TTL, ttl, wanted.ttl, LogTraits::millis),
            difference(EXPIRES_AT, expiresAt, wanted.expiresAt, LogTraits::time))
        .flatMap(Optional::stream)
        .reduce("%s and %s"::formatted);
  }

  /**
   * @param meaning of a value, which is written in several ways; empty where it has none
   */
  private static Optional<String> difference(
      String member,
      @Nullable String has,
      @Nullable String wants,
      Function<String, Optional<?>> meaning) {
    return isSame(has, wants, meaning)
        ? Optional.empty()
        : Optional.of("%s instead of %s".formatted(told(member, has), told(member, wants)));
  }

  private static boolean isSame(
      @Nullable String has, @Nullable String wants, Function<String, Optional<?>> meaning) {
    if (has == null || wants == null) {
      return Objects.equals(has, wants);
    }
    Optional<?> value = meaning.apply(has);
    return has.equals(wants) || (value.isPresent() && value.equals(meaning.apply(wants)));
  }

  private static String told(String member, @Nullable String value) {
    return value == null ? "no " + member : member + " " + value;
  }

  private static Optional<String> mediaType(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT).replace(" ", ""));
  }

  private static Optional<Long> millis(String span) {
    return Span.parse(span).stream().boxed().findFirst();
  }

  /** The service keeps milliseconds. */
  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(Instant.parse(text).truncatedTo(ChronoUnit.MILLIS));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
