package io.dislog.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How entries of the audit log look, whatever somebody is called. */
final class AuditEntryTest {

  private static final String EVIL = "eve\r\nx right=admin \"\u001b[2J\u009b\u2028\\\u007f";

  @Test
  void anEntryIsOneLineOfWords() {
    assertThat(entry("token:till", null).line())
        .isEqualTo(
            "time=T principal=token:till address=10.0.0.1:5 request=\"GET /v1/logs\""
                + " right=identity outcome=401");
    assertThat(entry("", "orders").line()).contains(" principal=\"\" ").contains(" log=orders ");
  }

  @Test
  void whatSomebodyChoseLooksLikeNothingElse() throws IOException {
    String line = entry(EVIL, "orders").line();
    assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7F);
    assertThat(line).contains("principal=\"eve\\u000d\\u000ax right=admin \\u0022\\u001b[2J");
    String json = entry(EVIL, "orders").json();
    assertThat(json.chars()).allMatch(c -> c >= ' ' && c < 0x7F);
    JsonNode read = new ObjectMapper().readTree(json);
    assertThat(read.path("principal").textValue()).isEqualTo(EVIL);
    assertThat(read.path("right").textValue()).isEqualTo("identity");
    assertThat(read.size()).isEqualTo(7);
  }

  private static AuditEntry entry(String principal, @Nullable String log) {
    return new AuditEntry("T", principal, "10.0.0.1:5", "GET /v1/logs", log, "identity", "401");
  }
}
