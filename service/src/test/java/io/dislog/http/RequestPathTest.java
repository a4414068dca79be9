package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/logs",
        "/v1/logs/orders",
        "/v1/logs/%6frders/records",
        "/v1/logs/a.b",
        "/x%20y",
        "/v1/logs/.hidden"
      })
  void straightPathsAreLeftToTheirRoutes(String path) {
    assertThat(RequestPath.flaw(path)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/logs/../x, INVALID_LOG_NAME",
    "/v1/logs/%2e%2E/records, INVALID_LOG_NAME",
    "/v1/logs//records, INVALID_LOG_NAME",
    "/v1/logs/, INVALID_LOG_NAME",
    "/v1/logs/a;b=c, INVALID_LOG_NAME",
    "/v1/logs/a%zz, INVALID_LOG_NAME",
    "/v1/logs/%ff, INVALID_LOG_NAME",
    "/v1/logs/orders/, NOT_FOUND",
    "/v1/logs/orders/../x, NOT_FOUND",
    "/v1/logs/orders//records, NOT_FOUND",
    "/v1//logs, NOT_FOUND",
    "/v1/./logs, NOT_FOUND",
    "//, NOT_FOUND",
    "/../etc/passwd, NOT_FOUND",
    "/%zz, BAD_REQUEST",
    "/v1/logs/orders/records/%zz, BAD_REQUEST"
  })
  void crookedOnesAreRefused(String path, ProblemType type) {
    assertThat(Objects.requireNonNull(RequestPath.flaw(path)).type()).isEqualTo(type);
  }
}
