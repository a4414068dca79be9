package io.dislog.http.notation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.exchange.Problem;
import io.dislog.http.server.Addressing;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestPathTest {

  @Test
  void aPathMeansTheSameHoweverItsLettersAreEncoded() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (Route route : Route.ALL) {
      String plain = route.template().replace("{offset}", "7").replaceAll("\\{\\w+}", "a-1.b_c");
      for (int i = 0; i < 100; i++) {
        RequestPath path = RequestPath.of(encoded(plain, random));
        assertThat(path.route()).as("seed " + seed).isSameAs(route);
        assertThat(path.toString()).isEqualTo(plain);
        assertThat(Addressing.flaw("OPTIONS", path, null)).isNull();
      }
    }
  }

  @Test
  void aSegmentIsDecodedOnce() {
    assertThat(RequestPath.of("/v1/logs/%256frders").logName()).isEqualTo("%6frders");
    assertThat(RequestPath.of("/v1/logs/a%2Fb").logName()).isEqualTo("a/b");
    assertThat(RequestPath.of("/v1/logs/a+b").logName()).isEqualTo("a+b");
    assertThat(RequestPath.of("/v1/logs/a%2Frecords").logOfRecords()).isNull();
    assertThat(RequestPath.of("/v1/logs/orders/%72ecords").logOfRecords()).isEqualTo("orders");
  }

  @Test
  void itIsShownAsItWasUnderstood() {
    assertThat(RequestPath.of("/v1/%6cogs/a%2fb;c/\u00e9").toString())
        .isEqualTo("/v1/logs/a%2Fb%3Bc/%C3%A9");
    assertThat(RequestPath.of("/v1/logs/%zz").toString()).isEqualTo("/v1/logs/%25zz");
    assertThat(RequestPath.of("/").toString()).isEqualTo("/");
    assertThat(RequestPath.of(null).toString()).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/logs",
        "/v1/logs/orders",
        "/v1/logs/%6frders/records",
        "/v1/%6cogs/orders/records",
        "/v1/logs/a.b"
      })
  void pathsOfRoutesAreLeftToThem(String path) {
    assertThat(flaw(path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/logs/../x, INVALID_LOG_NAME",
    "/v1/logs/%2e%2E/records, INVALID_LOG_NAME",
    "/v1/logs//records, INVALID_LOG_NAME",
    "/v1/logs/, INVALID_LOG_NAME",
    "/v1/logs/.hidden, INVALID_LOG_NAME",
    "/v1/logs/a;b=c, INVALID_LOG_NAME",
    "/v1/logs/a%2Fb, INVALID_LOG_NAME",
    "/v1/logs/a%zz, INVALID_LOG_NAME",
    "/v1/logs/%ff, INVALID_LOG_NAME",
    "/v1/logs/%c0%af, INVALID_LOG_NAME",
    "/v1/logs/Orders/nothing, INVALID_LOG_NAME",
    "/v1/logs/orders/consumers/a;b, INVALID_CONSUMER_NAME",
    "/v1/logs/orders/consumers/a%2fb, INVALID_CONSUMER_NAME",
    "/v1/logs/orders/consumers/, INVALID_CONSUMER_NAME",
    "/v1/logs/orders/consumers/.., INVALID_CONSUMER_NAME",
    "/v1/logs/orders/, NOT_FOUND",
    "/v1/logs/orders/../x, NOT_FOUND",
    "/v1/logs/orders//records, NOT_FOUND",
    "/v1/logs/orders/Records, NOT_FOUND",
    "/v1/logs/orders/records;x, NOT_FOUND",
    "/V1/logs, NOT_FOUND",
    "/v1//logs, NOT_FOUND",
    "/v1/./logs, NOT_FOUND",
    "/v1%2Flogs, NOT_FOUND",
    "/, NOT_FOUND",
    "//, NOT_FOUND",
    "/../etc/passwd, NOT_FOUND",
    "/%zz, BAD_REQUEST",
    "*, BAD_REQUEST",
    "/v1/logs/orders/records/%zz, BAD_REQUEST",
    "/v1/logs/orders/records/1;x, BAD_REQUEST",
    "/v1/cluster/nodes/a%2Fb, NOT_FOUND",
    "/v1/cluster/nodes/.., NOT_FOUND",
    "/v1/cluster/nodes/%C3%A9, NOT_FOUND"
  })
  void othersAreRefused(String path, ProblemType type) {
    assertThat(Objects.requireNonNull(flaw(path)).type()).isEqualTo(type);
  }

  private static @Nullable Problem flaw(String path) {
    return Addressing.flaw("GET", RequestPath.of(path), null);
  }

  /** The path with some of its characters escaped, in either case. */
  private static String encoded(String path, Random random) {
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      String escape = random.nextBoolean() ? "%%%02x" : "%%%02X";
      encoded.append(
          c == '/' || random.nextInt(3) > 0 ? String.valueOf(c) : escape.formatted((int) c));
    }
    return encoded.toString();
  }
}
