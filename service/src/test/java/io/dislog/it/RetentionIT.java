package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Retention by the clock on the wall, beside those who produce and consume. */
final class RetentionIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final Services services = new Services();

  @Test
  void segmentsGoWhileProducingAndConsumingGoOn(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder).with("dislog.retention.interval", "1s").start();
    Api api = service.api();
    api.put(
            "/v1/logs/ticks",
            "{\"segment\":{\"maxBytes\":\"64Ki\"},\"retention\":{\"maxAge\":\"2s\"}}")
        .is(201);
    Ledger ledger = new Ledger("ticks");
    Client producer = new Appender(ledger, Batch.Kind.LINES, null, new Random(1));
    try (Events consumer = new Events(api, "ticks", "offset=earliest")) {
      Load load = new Load(api, List.of(slowly(producer)));
      Await.until(
          () -> "a segment goes: " + service.output(),
          PATIENCE,
          () -> api.describe("ticks").get("earliestOffset").asLong() > 0);
      long endThen = api.describe("ticks").get("endOffset").asLong();
      long earliestThen = api.describe("ticks").get("earliestOffset").asLong();
      Await.until(
          "more are produced, more are consumed, more go",
          PATIENCE,
          () ->
              api.describe("ticks").get("endOffset").asLong() > endThen + 100
                  && api.describe("ticks").get("earliestOffset").asLong() > earliestThen
                  && consumer.records().size() > endThen + 100);
      load.end();
      checkDense(consumer.records());
      ledger.check(api);
    }
    checkGone(api);
    checkIdleLogEmpties(api);
  }

  /** So that the log lasts longer than its records. */
  private static Client slowly(Client client) {
    return api -> {
      client.act(api);
      Thread.sleep(5);
    };
  }

  private static void checkDense(List<Received> records) {
    for (int i = 0; i < records.size(); i++) {
      assertThat(records.get(i).offset()).isEqualTo(i);
    }
  }

  private static void checkGone(Api api) throws Exception {
    long earliest = api.describe("ticks").get("earliestOffset").asLong();
    assertThat(earliest).isPositive();
    Answer gone = api.get(Api.records("ticks") + "/0").isProblem(410, "offset-trimmed");
    assertThat(gone.json().get("earliestOffset").asLong()).isGreaterThanOrEqualTo(earliest);
    api.get(Api.records("ticks") + "?offset=0").isProblem(410, "offset-trimmed");
    api.get(Api.records("ticks") + "?offset=0&clamp=true").is(200);
  }

  /** Also the last records go, and their offsets are not used again. */
  private static void checkIdleLogEmpties(Api api) throws Exception {
    long end = api.describe("ticks").get("endOffset").asLong();
    Await.until(
        "an idle log becomes empty",
        PATIENCE,
        () -> api.describe("ticks").get("records").asLong() == 0);
    assertThat(api.describe("ticks").get("earliestOffset").asLong()).isEqualTo(end);
    assertThat(api.append("ticks", "anew").is(201).number("Dislog-Base-Offset")).isEqualTo(end);
  }
}
