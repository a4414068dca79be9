package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** While it recovers, the service lives and says that it is not ready. */
final class RecoveryIT {

  private static final int RECORDS = 128;
  private static final byte[] VALUE = new byte[1 << 20];

  @RegisterExtension final Services services = new Services();

  @Test
  void aRecoveringServiceIsAliveAndNotReadyAndAnswersNotReady(@TempDir Path folder)
      throws Exception {
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/orders", "{}").is(201);
    for (int i = 0; i < RECORDS; i++) {
      service.api().append("orders", Api.BYTES, VALUE).is(201);
    }
    service.kill();
    // Checksums by a JVM that may neither compile nor replace their code: recovery takes seconds.
    service
        .jvm("-XX:+UnlockDiagnosticVMOptions")
        .jvm("-XX:-UseCRC32CIntrinsics")
        .jvm("-XX:CompileCommand=quiet")
        .jvm("-XX:CompileCommand=exclude,java.util.zip.CRC32C::*");
    service.launch();
    service.awaitListening();
    assertThat(service.readiness().is(503).text()).contains("recovering");
    service.management().get("/q/health/live").is(200);
    Answer refused = service.api().append("orders", "too early").isProblem(503, "not-ready");
    assertThat(refused.json().get("retryable").asBoolean()).isTrue();
    service.api().get("/v1/logs/orders").isProblem(503, "not-ready");
    service.awaitReady();
    assertThat(service.api().append("orders", "now").is(201).number("Dislog-Base-Offset"))
        .isEqualTo(RECORDS);
  }
}
