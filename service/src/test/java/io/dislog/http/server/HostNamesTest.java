package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names a service may be called. */
final class HostNamesTest {

  private final HostNames names =
      new HostNames("logs.example, *.demo-nodes.team.svc,", List.of("Demo-0.elsewhere"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:8080",
        "a.localhost",
        "demo",
        "demo:80",
        "127.0.0.1",
        "10.0.0.7:8080",
        "[::1]:8080",
        "[::1]",
        "[fe80::1.2.3.4]",
        "logs.example:443",
        "Logs.Example",
        "demo-0.demo-nodes.team.svc:8080",
        "demo-0.elsewhere",
        ""
      })
  void itsOwnNamesAndWhatNobodyCanOwnAreTaken(String host) {
    assertThat(names.foreign(host, "/v1/logs")).isNull();
    assertThat(names.foreign("localhost", "http://" + host + "/v1/logs")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "logs.example.evil.example",
        "xlogs.example",
        "demo-nodes.team.svc",
        "127.0.0.1.evil.example",
        "evil.localhost.",
        "evil.example.",
        "10.0.0.7.nip.io",
        "1.0x7g",
        "[::1].evil.example"
      })
  void othersAreNot(String host) {
    assertThat(names.foreign(host, "/v1/logs")).isEqualTo(host);
    assertThat(names.foreign("localhost", "http://" + host + "/v1/logs?a=://b")).isEqualTo(host);
    assertThat(names.foreign("localhost", "http://localhost@" + host)).isEqualTo(host);
  }

  @Test
  void aRequestWithoutAHostCallsNobody() {
    assertThat(names.foreign(null, "/v1/logs?next=http://evil.example/")).isNull();
  }
}
