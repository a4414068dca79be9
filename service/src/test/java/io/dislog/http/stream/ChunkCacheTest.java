package io.dislog.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Trim;
import io.dislog.command.Creation;
import io.dislog.commit.Commit;
import io.dislog.http.Api;
import io.dislog.http.StreamProfile;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Service;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StreamProfile.class)
final class ChunkCacheTest {

  private static final AtomicInteger LOGS = new AtomicInteger();
  private static final long LIMIT = 1000;

  @TestHTTPResource URI base;
  @Inject Service service;

  private final AtomicLong now = new AtomicLong();
  private final ChunkCache chunks = new ChunkCache(LIMIT, now::get);
  private Commit commit;
  private LogView log;

  @BeforeEach
  void createLog() {
    var _ = new Api(base).awaitReady();
    commit = service.commit();
    String name = "chunks-" + LOGS.incrementAndGet();
    assertThat(LogLookup.await(commit.create(name, Creation.ANY))).isTrue();
    log = commit.log(name);
  }

  @AfterEach
  void nothingIsHeld() {
    chunks.dropAll();
    assertThat(chunks.bytes()).isZero();
  }

  @Test
  void readersOfTheSameShareIt() throws IOException {
    append("a", "b");
    Chunk one = take(0, Form.BYTES);
    Chunk other = take(0, Form.BYTES);
    assertThat(other).isSameAs(one);
    assertThat(text(one)).isEqualTo("ab");
    assertThat(one.next()).isEqualTo(2);
    assertThat(one.records()).isEqualTo(2);
    assertThat(chunks.bytes()).isEqualTo(2);
    one.release();
    other.release();
  }

  @Test
  void whatDiffersIsNotShared() throws IOException {
    append("1", "2");
    Chunk bytes = take(0, Form.BYTES);
    Chunk json = take(0, Form.JSON);
    Chunk later = take(1, Form.JSON);
    assertThat(List.of(text(bytes), text(json), text(later))).containsExactly("12", "[1,2]", "[2]");
    for (Chunk chunk : List.of(bytes, json, later)) {
      chunk.release();
    }
  }

  @Test
  void manyWhoComeAtOnceHaveItPreparedOnce() throws Exception {
    append("x".repeat(100));
    List<CompletableFuture<Chunk>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        all.add(CompletableFuture.supplyAsync(() -> unchecked(0, Form.BYTES), threads));
      }
    }
    assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(chunks.bytes()).isEqualTo(100);
    all.forEach(chunk -> chunk.join().release());
  }

  @Test
  void whatNobodyAsksForIsDroppedOnceNobodyHasIt() throws IOException {
    append("abc");
    Chunk held = take(0, Form.BYTES);
    now.addAndGet(Duration.ofSeconds(3).toNanos());
    chunks.dropUnused();
    assertThat(chunks.bytes()).as("while a connection has it").isEqualTo(3);
    assertThat(text(held)).isEqualTo("abc");
    held.release();
    assertThat(chunks.bytes()).isZero();
  }

  @Test
  void whatWasAskedForOfLateStays() throws IOException {
    append("abc");
    take(0, Form.BYTES).release();
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    chunks.dropUnused();
    assertThat(chunks.bytes()).isEqualTo(3);
  }

  @Test
  void theLongestUnusedMakesRoom() throws IOException {
    append("a".repeat(400), "b".repeat(400), "c".repeat(400));
    Chunk last = take(2, Form.BYTES);
    last.release();
    // 800 bytes from offset 1 on have room only without those.
    Chunk both = take(1, Form.BYTES);
    assertThat(both.next()).isEqualTo(3);
    assertThat(chunks.bytes()).isEqualTo(800);
    both.release();
  }

  @Test
  void whileAllIsInUseNothingIsShared() throws IOException {
    append("a".repeat(600), "b".repeat(600));
    assertThat(chunks.take(log, 0, Form.BYTES)).as("more than there may be").isNull();
    Chunk held = take(1, Form.BYTES);
    append("c".repeat(300));
    assertThat(chunks.take(log, 1, Form.JSON)).isNull();
    held.release();
    Chunk now = take(1, Form.JSON);
    assertThat(now.next()).isEqualTo(3);
    now.release();
  }

  @Test
  void recordsThatAreLargeAreNotShared() throws IOException {
    ChunkCache large = new ChunkCache(10 << 20, now::get);
    append("a".repeat(ChunkCache.MAX_VALUE_BYTES + 1));
    append("b".repeat(ChunkCache.MAX_VALUE_BYTES - 1), "c", "d");
    assertThat(large.take(log, 0, Form.BYTES)).isNull();
    Chunk fitting = Objects.requireNonNull(large.take(log, 1, Form.BYTES));
    assertThat(fitting.next()).as("behind as many as fit").isEqualTo(3);
    fitting.release();
    large.dropAll();
    assertThat(large.bytes()).isZero();
  }

  @Test
  void whatGrowsInItsFormCountsAsItIs() throws IOException {
    append("\n".repeat(100));
    Chunk event = take(0, Form.TEXT_EVENT);
    assertThat(event.size()).isGreaterThan(600);
    assertThat(chunks.bytes()).isGreaterThanOrEqualTo(event.size());
    event.release();
  }

  @Test
  void whatWasTrimmedIsNotThere() {
    append("a", "b");
    var _ = LogLookup.await(commit.submit(log, new Trim(1)));
    assertThatExceptionOfType(OffsetOutOfRangeException.class)
        .isThrownBy(() -> chunks.take(log, 0, Form.BYTES));
  }

  private Chunk take(long from, Form form) throws IOException {
    return Objects.requireNonNull(chunks.take(log, from, form));
  }

  private Chunk unchecked(long from, Form form) {
    try {
      return take(from, form);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Chunk chunk) {
    return chunk.buffer().toString();
  }

  private void append(String... values) {
    List<Record> records = new ArrayList<>();
    long size = 0;
    for (String value : values) {
      records.add(Record.of(value.getBytes(UTF_8)));
      size += value.length();
    }
    var _ = LogLookup.await(commit.submit(log, new Append(records, null, null, size)));
  }
}
