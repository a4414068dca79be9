package io.dislog.shard;

import io.dislog.log.Disk;
import io.dislog.log.Journal;
import io.dislog.log.Log;
import io.dislog.log.Volume;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one data directory, by name, and the defaults of their configuration.
 *
 * <pre>
 *   defaults/state-?.journal        what PATCH changed
 *   logs/NAME/state-?.journal       a log's id, settings, consumers, producers
 *   logs/NAME/00000000000000000000.store, .index
 *   trash/                          what is about to be created or deleted
 * </pre>
 *
 * <p>Safe for use by many threads, of which one at a time creates or deletes a log of some name.
 */
public final class Shard implements Closeable {

  private static final System.Logger LOGGER = System.getLogger(Shard.class.getName());

  private final Disk disk;
  private final Path logs;
  private final Path trash;
  private final Surroundings surroundings;
  private final ShardState state;
  private final ConcurrentSkipListMap<String, LogWriter> writers = new ConcurrentSkipListMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  /**
   * Opens the directory's defaults; its logs are opened by {@link #recover}.
   *
   * @param serverDefaults have a value for every setting that is no limit
   * @param forcer runs a force beside another one
   */
  public Shard(
      Volume volume,
      Path folder,
      Space space,
      LogSettings serverDefaults,
      InstantSource clock,
      Executor forcer)
      throws IOException {
    this(folder, serverDefaults, new Surroundings(volume, space, clock, clock, forcer, false));
  }

  private Shard(Path folder, LogSettings serverDefaults, Surroundings surroundings)
      throws IOException {
    this.disk = surroundings.volume().disk();
    this.logs = folder.resolve("logs");
    this.trash = folder.resolve("trash");
    this.surroundings = surroundings;
    Path defaultsFolder = folder.resolve("defaults");
    disk.createFolders(logs);
    disk.createFolders(trash);
    if (!disk.exists(defaultsFolder)) {
      createState(defaultsFolder);
    }
    disk.forceFolder(folder); // A crash may have come before this.
    this.state = new ShardState(disk, defaultsFolder, serverDefaults, surroundings.replayed());
  }

  /**
   * Opens a shard whose commands are applied again after a crash, from its checkpoint on: nothing
   * is forced before it is shown, and no append is refused for want of space.
   *
   * @param clock the time of the commands
   * @param wallClock the time of readers
   */
  public static Shard replayed(
      Volume volume,
      Path folder,
      LogSettings serverDefaults,
      InstantSource clock,
      InstantSource wallClock)
      throws IOException {
    Surroundings surroundings =
        new Surroundings(volume, Space.unlimited(), clock, wallClock, Runnable::run, true);
    return new Shard(folder, serverDefaults, surroundings);
  }

  /**
   * Opens all logs, several at a time.
   *
   * @param progress is told how many of how many are open
   */
  public void recover(Progress progress) throws IOException {
    disk.forceFolder(logs); // What is found here, or no longer, may stand in the cache alone.
    for (String left : disk.list(trash)) {
      deleteFolder(trash.resolve(left));
    }
    List<String> names = disk.list(logs).stream().filter(Names::isValid).toList();
    AtomicInteger done = new AtomicInteger();
    progress.recovered(0, names.size());
    int threads = 2 * Runtime.getRuntime().availableProcessors();
    try (ExecutorService openers = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> openings = new ArrayList<>();
      for (String name : names) {
        openings.add(() -> {
          openOrRefuse(name);
          progress.recovered(done.incrementAndGet(), names.size());
          return null;
        });
      }
      for (Future<Void> opening : openers.invokeAll(openings)) {
        opening.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("recovery was interrupted", e);
    }
  }

  /** Creates a log that is not there. */
  public LogWriter create(String name, LogSettings own) throws IOException {
    surroundings.space().take(0);
    long id = ThreadLocalRandom.current().nextLong();
    return create(name, List.of(new Change.Created(id).encode(), configured(own)));
  }

  /**
   * Creates a log that is not there, by a command that stands at this position of the shard's
   * history; that is the log's id on every replica.
   */
  public LogWriter create(String name, LogSettings own, long position) throws IOException {
    return create(
        name,
        List.of(
            new Change.Created(position).encode(),
            configured(own),
            new Change.Applied(position, 0).encode()));
  }

  private LogWriter create(String name, List<byte[]> begin) throws IOException {
    Path folder = freshTrash();
    try {
      disk.createFolders(folder);
      Log.create(surroundings.volume(), folder, surroundings.clock().millis());
      Journal.create(disk, folder, begin);
      disk.forceFolder(folder);
      disk.rename(folder, logs.resolve(name));
      disk.forceFolder(logs);
    } catch (IOException e) {
      deleteFolder(folder);
      throw e;
    }
    LogWriter writer = open(name);
    writers.put(name, writer);
    return writer;
  }

  /** Takes a log out of sight; its writer is to be closed before its files are deleted. */
  public @Nullable LogWriter remove(String name) {
    refused.remove(name);
    return writers.remove(name);
  }

  /** Why each log that could not be opened was not, by name. */
  public Map<String, String> refused() {
    return Collections.unmodifiableMap(refused);
  }

  /** Deletes the files of a log that was removed and closed; it is gone before they are. */
  public void deleteFiles(String name) throws IOException {
    Path folder = freshTrash();
    disk.rename(logs.resolve(name), folder);
    disk.forceFolder(logs);
    deleteFolder(folder);
  }

  public @Nullable LogWriter find(String name) {
    return writers.get(name);
  }

  /** All logs in name order. */
  public Collection<LogWriter> all() {
    return writers.values();
  }

  /** The logs in name order from a name on, which may be there or not. */
  public Collection<LogWriter> from(String name, boolean inclusive) {
    return writers.tailMap(name, inclusive).values();
  }

  /** What logs have that say nothing of their own. */
  public LogSettings defaults() {
    return state.defaults();
  }

  /** What of that was changed while running. */
  public LogSettings patchedDefaults() {
    return state.patched();
  }

  /** Changes the defaults durably; each log is still to show them. */
  public void changeDefaults(LogSettings patched) throws IOException {
    state.change(patched);
  }

  /** Up to where the history is in the logs durably. */
  public Checkpoint checkpoint() {
    return state.checkpoint();
  }

  /** The logs have the history durably, up to here. */
  public void reach(Checkpoint reached) throws IOException {
    state.reach(reached);
  }

  /** Closes the defaults; the logs' writers are closed by whoever uses them. */
  @Override
  public void close() throws IOException {
    state.close();
  }

  /** One log that can't be opened stops neither the others nor the service. */
  private void openOrRefuse(String name) {
    try {
      writers.put(name, open(name));
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.ERROR, "log %s can't be opened".formatted(name), e);
      refused.put(name, String.valueOf(e.getMessage()));
    }
  }

  private LogWriter open(String name) throws IOException {
    Path folder = logs.resolve(name);
    LogOpening opening = new LogOpening(surroundings, folder, checkpoint());
    LogState kept = opening.state();
    Log log = opening.log();
    if (log.failure() != null) {
      LOGGER.log(Level.ERROR, "log {0} takes no appends: {1}", name, log.failure().getMessage());
    }
    NamedLog shown =
        new NamedLog(name, kept.id(), log, kept.own(), defaults(), surroundings.wallClock());
    return new LogWriter(shown, log, opening.journal(), kept, this::defaults, surroundings);
  }

  /** Elsewhere first: a crash must not leave a folder without a journal. */
  private void createState(Path defaultsFolder) throws IOException {
    Path begun = freshTrash();
    disk.createFolders(begun);
    ShardState.create(disk, begun);
    disk.forceFolder(begun);
    disk.rename(begun, defaultsFolder);
  }

  private Path freshTrash() {
    return trash.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong()));
  }

  private void deleteFolder(Path folder) throws IOException {
    if (disk.exists(folder)) {
      for (String name : disk.list(folder)) {
        disk.delete(folder.resolve(name));
      }
      disk.delete(folder);
    }
  }

  private static byte[] configured(LogSettings settings) {
    return new Change.Configured(settings).encode();
  }

  /** Is told how far recovery is. */
  @FunctionalInterface
  public interface Progress {
    void recovered(int done, int total);
  }
}
