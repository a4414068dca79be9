package io.dislog.commit;

import static io.dislog.shard.TestDefaults.DEFAULTS;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.SettingsPatch;
import io.dislog.disk.Disk;
import io.dislog.disk.LocalDisk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import io.dislog.log.Record;
import io.dislog.log.RecordRange;
import io.dislog.log.SegmentInfo;
import io.dislog.log.StoredRecord;
import io.dislog.shard.DiskReserve;
import io.dislog.shard.LogView;
import io.dislog.shard.Shard;
import io.dislog.state.ProducerLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The logs of a folder on the machine's disk, with a clock that the test sets. */
final class LocalLogs implements AutoCloseable {

  static final long START = 1_700_000_000_000L;

  private final Disk disk;
  private final Path folder;
  private final long reserve;
  private final AtomicLong now = new AtomicLong(START);
  private final ExecutorService forcer = Executors.newVirtualThreadPerTaskExecutor();
  private LocalCommit commit;

  private LocalLogs(Disk disk, Path folder, long reserve) throws IOException {
    this.disk = disk;
    this.folder = folder;
    this.reserve = reserve;
    this.commit = open();
  }

  static LocalLogs in(Path folder) throws IOException {
    return new LocalLogs(new LocalDisk(), folder, 0);
  }

  /**
   * @param reserve bytes of the disk that appends leave free
   */
  static LocalLogs on(Disk disk, Path folder, long reserve) throws IOException {
    return new LocalLogs(disk, folder, reserve);
  }

  LocalCommit commit() {
    return commit;
  }

  /** Moves the clock, also back. */
  void clockMoves(long millis) {
    now.addAndGet(millis);
  }

  LogView create(String name, Map<Setting, Long> own) {
    var _ = await(commit.create(name, Creation.of(new LogSettings(own))).toCompletableFuture());
    return commit.log(name);
  }

  /** Closes the logs and opens them again. */
  void reopen() throws IOException {
    commit.close();
    commit = open();
  }

  <R> CompletableFuture<R> submit(String log, Command<R> command) {
    return commit.submit(commit.log(log), command).toCompletableFuture();
  }

  <R> R run(String log, Command<R> command) {
    return await(submit(log, command));
  }

  Appended append(String log, String... values) {
    return run(log, batch(values));
  }

  void patch(String log, Setting setting, long value) {
    var _ = run(log, new Command.Configure(patch(setting, value)));
  }

  void patchDefaults(SettingsPatch patch) {
    var _ = await(commit.changeDefaults(patch).toCompletableFuture());
  }

  static SettingsPatch patch(Setting setting, long value) {
    return new SettingsPatch(Map.of(setting, value), Set.of());
  }

  static Append batch(String... values) {
    List<Record> records = new ArrayList<>();
    long size = 0;
    for (String value : values) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      records.add(Record.of(bytes));
      size += bytes.length;
    }
    return new Append(records, null, null, size);
  }

  /** All that the log has, as text. */
  static List<String> readAll(LogView log) throws IOException {
    List<String> values = new ArrayList<>();
    long next = log.extent().earliestOffset();
    while (next < log.extent().endOffset()) {
      try (RecordRange range = log.range(next, 1000, 1 << 20)) {
        for (StoredRecord read = range.next(); read != null; read = range.next()) {
          values.add(text(read.record().value()));
        }
        next = range.nextOffset();
      }
    }
    return values;
  }

  static List<Long> bases(LogView log) {
    return log.segments().stream().map(SegmentInfo::baseOffset).toList();
  }

  static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /** What the future ends with, soon; what it fails with, as a CompletionException's cause. */
  static <T> T await(CompletableFuture<T> future) {
    return future.orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** Why a command is refused. */
  Throwable rejection(String log, Command<?> command) {
    try {
      throw new AssertionError(command + " was done: " + run(log, command));
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    commit.close();
    forcer.close();
  }

  private LocalCommit open() throws IOException {
    Shard shard = shard(disk, folder, reserve, () -> Instant.ofEpochMilli(now.get()), forcer);
    return new LocalCommit(shard, CommitListener.NONE);
  }

  /** A shard whose logs are open. */
  static Shard shard(Disk disk, Path folder, long reserve, InstantSource clock, Executor forcer)
      throws IOException {
    disk.createFolders(folder);
    Shard shard =
        new Shard(
            new LogResources(disk, folder, 4, new Remover(disk)),
            folder,
            new DiskReserve(disk, folder, reserve),
            DEFAULTS,
            () -> ProducerLimits.DEFAULT,
            clock,
            forcer);
    shard.recover((done, total) -> {});
    return shard;
  }
}
