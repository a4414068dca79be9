package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DefaultProfile.class)
final class OperationsTest {

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  @Test
  void theServiceIsAliveStartedAndReady() {
    new Api(base).awaitReady();
    Api operations = new Api(management);
    for (String check : List.of("live", "ready", "started")) {
      Answer answer = operations.get("/q/health/" + check);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("status").textValue()).isEqualTo("UP");
    }
  }

  @Test
  void whatHappensIsCounted() {
    Api api = new Api(base);
    String log = api.newLog();
    api.append(log, "abc");
    api.get(log + "/records");
    api.get(log + "/records/9");
    String metrics = new Api(management).get("/q/metrics").text();
    for (String metric :
        List.of(
            "dislog_append_records_total",
            "dislog_append_bytes_total",
            "dislog_read_records_total",
            "dislog_read_bytes_total",
            "dislog_append_latency_seconds_bucket{le=\"0.001\"}",
            "dislog_force_latency_seconds_bucket{le=\"0.001\"}",
            "dislog_append_batch_records_bucket{le=\"1.0\"}",
            "dislog_commit_group_commands_bucket{le=\"1.0\"}",
            "dislog_logs",
            "dislog_segments",
            "dislog_log_size_bytes",
            "dislog_log_clock_ahead_seconds",
            "dislog_retention_runs_total",
            "dislog_retention_held_back_bytes",
            "dislog_retention_deleted_segments_total{reason=\"maxAge\"}",
            "dislog_retention_reclaimed_bytes_total",
            "dislog_http_rejected_requests_total{problem=\"offset-beyond-end\"}",
            "dislog_http_open_connections",
            "dislog_http_open_requests",
            "dislog_http_in_flight_bytes",
            "dislog_sse_streams",
            "dislog_stream_shared_bytes",
            "dislog_storage_free_bytes")) {
      assertThat(metrics).contains("\n" + metric + " ");
    }
    assertThat(metrics).doesNotContain(log.substring("/v1/logs/".length()) + "\"");
    assertThat(metrics).doesNotContain("http_server_requests");
  }
}
