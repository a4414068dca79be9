package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A stream whose reader does not read costs the service little, and others nothing. */
final class SlowReaderIT {

  private static final int RECORDS = 300;
  private static final int RECORD_BYTES = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension final Services services = new Services();

  @Test
  void aReaderThatStopsReadingIsDisconnectedAndOthersAreNot(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/orders", "{}").is(201);
    try (Events healthy = new Events(service.api(), "orders", "offset=latest");
        RawConnection stuck = stream(service.api(), "latest")) {
      healthy.awaitBegin();
      assertThat(stuck.read(new byte[100])).isPositive();
      awaitStreams(service, 2);
      append(service.api());
      awaitStreams(service, 1);
      healthy.awaitRecords(RECORDS);
      assertThat(healthy.isOpen()).isTrue();
      long got = drain(stuck);
      assertThat(got).isLessThan((long) RECORDS * RECORD_BYTES);
      System.out.printf("a stuck reader was cut off with %d KiB on the way to it%n", got >> 10);
    }
  }

  @Test
  void aReaderThatCatchesUpSlowlyGetsEverything(@TempDir Path folder) throws Exception {
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/orders", "{}").is(201);
    append(service.api());
    try (RawConnection slow = stream(service.api(), "earliest")) {
      byte[] little = new byte[256];
      long got = 0;
      // For longer than a reader that is not catching up may stay behind.
      long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
      while (System.nanoTime() < until) {
        got += slow.read(little);
        Thread.sleep(10);
      }
      byte[] piece = new byte[64 << 10];
      while (got < (long) RECORDS * RECORD_BYTES) {
        int read = slow.read(piece);
        assertThat(read).as("bytes after %d", got).isPositive();
        got += read;
      }
    }
  }

  private static RawConnection stream(Api api, String offset) throws IOException {
    return new RawConnection(api.port(), 16 << 10)
        .send(
            "GET /v1/logs/orders/records?offset=%s HTTP/1.1\r\nHost: localhost\r\n"
                    .formatted(offset)
                + "Accept: text/event-stream\r\n\r\n");
  }

  private static void append(Api api) throws Exception {
    byte[] value = "x".repeat(RECORD_BYTES).getBytes(UTF_8);
    for (int i = 0; i < RECORDS; i++) {
      api.append("orders", Api.BYTES, value).is(201);
    }
  }

  private static void awaitStreams(DislogProcess service, int count) throws Exception {
    Await.until(() -> count + " streams are open", PATIENCE, () -> streams(service) == count);
  }

  private static double streams(DislogProcess service) throws Exception {
    byte[] metrics = service.management().get("/q/metrics").is(200).body();
    return new String(metrics, UTF_8)
        .lines()
        .filter(line -> line.startsWith("dislog_sse_streams"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Reads all that comes, until the end or a reset. */
  private static long drain(RawConnection connection) {
    long size = 0;
    byte[] piece = new byte[64 << 10];
    try {
      int read;
      while ((read = connection.read(piece)) >= 0) {
        size += read;
      }
    } catch (IOException e) {
      return size;
    }
    return size;
  }
}
