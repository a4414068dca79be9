package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** More than the service can hold: some is refused, and the service stays. */
final class MemoryIT {

  private static final int CLIENTS = 64;
  private static final int BODY_BYTES = 32 << 20;
  private static final int PIECE_BYTES = 1 << 20;
  private static final int READERS = 24;
  private static final Duration TURN = Duration.ofMinutes(3);

  @RegisterExtension final Services services = new Services();

  @Test
  void manyLargeBodiesAreTakenOrRefusedInLittleMemory(@TempDir Path folder) throws Exception {
    checkBodies(folder, Api.FRAMES, frames(1 << 20));
  }

  @Test
  void manyLargeBodiesOfShortLinesAreTakenOrRefusedInLittleMemory(@TempDir Path folder)
      throws Exception {
    checkBodies(folder, Api.NDJSON, "a line\n".repeat(BODY_BYTES / 7).getBytes(UTF_8));
  }

  @Test
  void manyLargeBodiesOfTinyFramesAreTakenOrRefusedInLittleMemory(@TempDir Path folder)
      throws Exception {
    checkBodies(folder, Api.FRAMES, frames(6));
  }

  @Test
  void manyLargeAnswersAreGivenInLittleMemory(@TempDir Path folder) throws Exception {
    DislogProcess service = start(folder);
    Api api = service.api();
    for (int batch = 0; batch < 2; batch++) {
      api.append("orders", Api.FRAMES, frames(1 << 20)).is(201);
    }
    List<Callable<Integer>> reads = new ArrayList<>();
    for (int reader = 0; reader < READERS; reader++) {
      String type = reader % 2 == 0 ? "application/json" : Api.NDJSON;
      reads.add(() -> readWhenTaken(api, type));
    }
    assertThat(statuses(reads)).containsOnlyKeys(200);
    checkHealthy(service);
  }

  private void checkBodies(Path folder, String type, byte[] body) throws Exception {
    DislogProcess service = start(folder);
    List<Callable<Integer>> appends = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      appends.add(() -> append(service.api(), type, body));
    }
    Map<Integer, Integer> statuses = statuses(appends);
    System.out.printf(
        "%d clients with %d MiB of %s each, -Xmx512m: %s, then %d MiB resident%n",
        CLIENTS, BODY_BYTES >> 20, type, statuses, service.residentBytes() >> 20);
    // On a busy machine a client may have sent nothing for so long that it is told so.
    assertThat(statuses.keySet()).as(service::output).isSubsetOf(201, 408, 413, 429);
    checkHealthy(service);
  }

  private DislogProcess start(Path folder) throws Exception {
    DislogProcess service = services.in(folder).jvm("-Xmx512m").start();
    service.api().put("/v1/logs/orders", "{\"maxRecordBytes\":\"32Mi\"}").is(201);
    return service;
  }

  private static void checkHealthy(DislogProcess service) throws Exception {
    Await.until("it is ready", Duration.ofSeconds(60), () -> service.readiness().status() == 200);
    service.api().append("orders", "one more").is(201);
    assertThat(service.output()).doesNotContain("OutOfMemoryError");
  }

  /**
   * Sends slowly enough for all to be under way at once, as one who does not look for an answer.
   */
  private static int append(Api api, String type, byte[] body) throws IOException {
    try (RawConnection connection = new RawConnection(api.port())) {
      connection.send(
          "POST /v1/logs/orders/records HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n"
                  .formatted(type)
              + "Prefer: return=minimal\r\nContent-Length: %d\r\n\r\n".formatted(body.length));
      try {
        for (int from = 0; from < body.length; from += PIECE_BYTES) {
          int to = Math.min(body.length, from + PIECE_BYTES);
          connection.send(Arrays.copyOfRange(body, from, to));
        }
      } catch (SocketException e) {
        // It was answered long ago, and the rest is waited for no longer.
      }
      return connection.answer().status();
    }
  }

  /** Again where there was no turn for it within ten seconds, which is told it. */
  private static int readWhenTaken(Api api, String type) throws IOException {
    List<Integer> statuses = new ArrayList<>();
    Await.until(
        () -> "there is a turn for a large read, after " + statuses,
        TURN,
        () -> {
          statuses.add(readToEnd(api, type));
          return statuses.getLast() != 429;
        });
    return statuses.getLast();
  }

  private static int readToEnd(Api api, String type) throws IOException {
    try (RawConnection connection = new RawConnection(api.port())) {
      connection.send(
          "GET /v1/logs/orders/records?limit=10000&maxBytes=16Mi HTTP/1.1\r\nHost: localhost\r\n"
              + "Connection: close\r\nAccept: %s\r\n\r\n".formatted(type));
      byte[] piece = new byte[64 << 10];
      int first = connection.read(piece);
      assertThat(first).isGreaterThan(12);
      int status = Integer.parseInt(new String(piece, 9, 3, UTF_8));
      long size = first;
      int read;
      while ((read = connection.read(piece)) >= 0) {
        size += read;
      }
      if (status == 200) {
        assertThat(size).isGreaterThan(16 << 20);
      }
      return status;
    }
  }

  private static Map<Integer, Integer> statuses(List<Callable<Integer>> calls) throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> done : threads.invokeAll(calls)) {
        statuses.merge(done.get(), 1, Integer::sum);
      }
    }
    return statuses;
  }

  /** A body of frames whose values have that size. */
  private static byte[] frames(int valueBytes) {
    Frames frames = new Frames();
    byte[] value = new byte[valueBytes];
    for (int size = 0; size + valueBytes + 5 <= BODY_BYTES; size += valueBytes + 5) {
      frames.add(value);
    }
    return frames.bytes();
  }
}
