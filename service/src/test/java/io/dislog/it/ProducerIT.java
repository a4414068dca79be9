package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the service knows of idempotent producers outlives it. */
final class ProducerIT {

  private static final int SENT = 7;
  private static final int REMEMBERED = 5;

  @RegisterExtension final Services services = new Services();

  @Test
  void aProducerIsKnownAfterAKill(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    begin(service.api());
    service.kill();
    service.start();
    check(service.api());
  }

  @Test
  void aProducerIsKnownAfterAStop(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    begin(service.api());
    service.stop();
    service.start();
    check(service.api());
  }

  private static void begin(Api api) throws Exception {
    api.put("/v1/logs/orders", "{\"segment\":{\"maxBytes\":\"4Ki\"}}").is(201);
    for (int seq = 0; seq < SENT; seq++) {
      send(api, 3, seq).is(201);
    }
  }

  private static void check(Api api) throws Exception {
    for (int seq = SENT - REMEMBERED; seq < SENT; seq++) {
      Answer repeat = send(api, 3, seq).is(200);
      assertThat(repeat.header("Dislog-Duplicate")).isEqualTo("true");
      assertThat(repeat.number("Dislog-Base-Offset")).isEqualTo(2L * seq);
      assertThat(repeat.number("Dislog-Next-Offset")).isEqualTo(2L * seq + 2);
    }
    send(api, 3, 0).isProblem(409, "sequence-too-old");
    Answer gap = send(api, 3, SENT + 1).isProblem(409, "sequence-gap");
    assertThat(gap.json().get("expectedSeq").asLong()).isEqualTo(SENT);
    Answer fenced = send(api, 2, SENT).isProblem(403, "producer-fenced");
    assertThat(fenced.json().get("currentEpoch").asLong()).isEqualTo(3);
    assertThat(send(api, 4, 1).isProblem(409, "sequence-gap").json().get("expectedSeq").asLong())
        .isZero();
    assertThat(api.describe("orders").get("endOffset").asLong()).isEqualTo(2L * SENT);
    assertThat(send(api, 3, SENT).is(201).number("Dislog-Base-Offset")).isEqualTo(2L * SENT);
    assertThat(send(api, 4, 0).is(201).header("Dislog-Duplicate")).isNull();
  }

  private static Answer send(Api api, long epoch, long seq) throws Exception {
    return api.append(
        "orders",
        Api.NDJSON,
        "one of %d\ntwo of %d\n".formatted(seq, seq).getBytes(UTF_8),
        "Producer-Id",
        "till 4/second floor",
        "Producer-Epoch",
        Long.toString(epoch),
        "Producer-Seq",
        Long.toString(seq));
  }
}
