package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Data that nobody made for a test comes out as it went in, in every format. */
final class RealDataIT {

  private static final int LINES = 100_000;
  private static final int LINES_IN_BATCH = 2000;
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS_IN_BATCH = 8;

  @RegisterExtension final Services services = new Services();

  @Test
  void aHundredThousandLinesComeOutAsTheyWentInAlsoAfterKillAndRestart(@TempDir Path folder)
      throws Exception {
    List<byte[]> lines = TextLines.of(LINES);
    assertThat(lines).hasSizeGreaterThanOrEqualTo(LINES);
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/text", "{\"segment\":{\"maxBytes\":\"2Mi\"}}").is(201);
    for (int from = 0; from < lines.size(); from += LINES_IN_BATCH) {
      List<byte[]> batch = lines.subList(from, Math.min(lines.size(), from + LINES_IN_BATCH));
      Answer answer = service.api().append("text", Api.NDJSON, join(batch)).is(201);
      assertThat(answer.json().get("baseOffset").asLong()).isEqualTo(from);
      assertThat(answer.json().get("count").asInt()).isEqualTo(batch.size());
    }
    List<byte[]> values = lines.stream().map(TextLines::value).toList();
    checkBeforeAndAfterKill(service, "text", values);
  }

  @Test
  void theServicesOwnJarsComeOutAsTheyWentInAlsoAfterKillAndRestart(@TempDir Path folder)
      throws Exception {
    List<byte[]> chunks = jarChunks();
    DislogProcess service = services.in(folder).start();
    service.api().put("/v1/logs/jars", "{\"segment\":{\"maxBytes\":\"16Mi\"}}").is(201);
    for (int from = 0; from < chunks.size(); from += CHUNKS_IN_BATCH) {
      Frames frames = new Frames();
      chunks.subList(from, Math.min(chunks.size(), from + CHUNKS_IN_BATCH)).forEach(frames::add);
      service.api().append("jars", Api.FRAMES, frames.bytes()).is(201);
    }
    checkBeforeAndAfterKill(service, "jars", chunks);
  }

  private static void checkBeforeAndAfterKill(
      DislogProcess service, String log, List<byte[]> values) throws Exception {
    check(service.api(), log, values);
    service.kill();
    service.start();
    check(service.api(), log, values);
  }

  private static void check(Api api, String log, List<byte[]> values) throws Exception {
    assertThat(api.describe(log).get("earliestOffset").asLong()).isZero();
    assertThat(api.describe(log).get("endOffset").asLong()).isEqualTo(values.size());
    for (Format format : Format.values()) {
      AtomicLong next = new AtomicLong();
      format.readAll(
          api,
          log,
          "8Mi",
          record -> {
            int offset = (int) next.getAndIncrement();
            assertThat(record.offset()).as(format::name).isEqualTo(offset);
            if (!Arrays.equals(record.value(), values.get(offset))) {
              throw new AssertionError(
                  "%s: other bytes at offset %d of %s".formatted(format, offset, log));
            }
          });
      assertThat(next.get()).as(format::name).isEqualTo(values.size());
    }
    int last = values.size() - 1;
    Answer single = api.get(Api.records(log) + "/" + last).is(200);
    assertThat(single.body()).isEqualTo(values.get(last));
    System.out.printf("%s: %d records came out right in every format%n", log, values.size());
  }

  private static byte[] join(List<byte[]> lines) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    lines.forEach(body::writeBytes);
    return body.toByteArray();
  }

  private static List<byte[]> jarChunks() throws IOException {
    List<byte[]> chunks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("target/quarkus-app"))) {
      for (Path jar : files.filter(RealDataIT::isJar).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(jar);
        for (int from = 0; from < bytes.length; from += CHUNK_BYTES) {
          chunks.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK_BYTES)));
        }
      }
    }
    assertThat(chunks).hasSizeGreaterThan(20);
    return chunks;
  }

  private static boolean isJar(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString().endsWith(".jar");
  }
}
