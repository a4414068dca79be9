package io.dislog.shard;

import io.dislog.log.Disk;
import io.dislog.log.Journal;
import io.dislog.log.Log;
import io.dislog.log.LogFailedException;
import io.dislog.log.StorageFullException;
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
  private final LogSettings serverDefaults;
  private final Journal defaultsJournal;
  private final ConcurrentSkipListMap<String, LogWriter> writers = new ConcurrentSkipListMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private volatile LogSettings patchedDefaults = LogSettings.NONE;
  private volatile LogSettings defaults;
  private @Nullable IOException defaultsFailure;

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
    this.disk = volume.disk();
    this.logs = folder.resolve("logs");
    this.trash = folder.resolve("trash");
    this.surroundings = new Surroundings(volume, space, clock, forcer);
    this.serverDefaults = serverDefaults;
    Path defaultsFolder = folder.resolve("defaults");
    disk.createFolders(logs);
    disk.createFolders(trash);
    if (!disk.exists(defaultsFolder)) {
      createDefaults(defaultsFolder);
    }
    disk.forceFolder(folder); // A crash may have come before this.
    this.defaultsJournal =
        Journal.open(
            disk,
            defaultsFolder,
            entry -> {
              if (Change.decode(entry) instanceof Change.Configured(LogSettings own)) {
                patchedDefaults = own;
              }
            });
    this.defaults = patchedDefaults.over(serverDefaults);
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
    Path folder = freshTrash();
    try {
      disk.createFolders(folder);
      Log.create(surroundings.volume(), folder, surroundings.clock().millis());
      long id = ThreadLocalRandom.current().nextLong();
      Journal.create(disk, folder, List.of(new Change.Created(id).encode(), configured(own)));
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
    return defaults;
  }

  /** Changes the defaults durably; each log is still to show them. */
  public void changeDefaults(SettingsPatch patch) throws IOException {
    LogSettings patched = patchedDefaults.patched(patch);
    try {
      write(patched);
    } catch (StorageFullException e) {
      throw e;
    } catch (IOException e) {
      defaultsFailure = e; // Nobody knows what the disk holds.
      throw new LogFailedException("the defaults take no changes: " + e.getMessage(), e);
    }
    patchedDefaults = patched;
    defaults = patched.over(serverDefaults);
  }

  private void write(LogSettings patched) throws IOException {
    if (defaultsFailure != null) {
      throw defaultsFailure;
    }
    if (!defaultsJournal.hasRoomFor(configured(patched).length)) {
      defaultsJournal.turnOver(List.of(configured(patchedDefaults)));
    }
    defaultsJournal.append(configured(patched));
    try {
      defaultsJournal.write(true);
    } catch (StorageFullException e) {
      defaultsJournal.cutBack();
      throw e;
    }
    defaultsJournal.settle();
  }

  /** Closes the defaults; the logs' writers are closed by whoever uses them. */
  @Override
  public void close() throws IOException {
    defaultsJournal.close();
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
    List<Change> changes = new ArrayList<>();
    Journal journal = Journal.open(disk, folder, entry -> changes.add(Change.decode(entry)));
    LogState written = LogState.of(changes, Long.MAX_VALUE);
    Log log = Log.open(surroundings.volume(), folder, written.earliest(), journal, written::names);
    if (log.failure() != null) {
      LOGGER.log(Level.ERROR, "log {0} takes no appends: {1}", name, log.failure().getMessage());
    }
    LogState state = log.failure() == null ? within(log, changes, written, journal) : written;
    state.opened();
    NamedLog shown =
        new NamedLog(name, state.id(), log, state.own(), defaults, surroundings.clock());
    return new LogWriter(shown, log, journal, state, this::defaults, surroundings);
  }

  /**
   * The state without what tells of records that the log does not have: an entry and its batch are
   * forced side by side, and a crash may have left the entry alone. It is taken out durably, for
   * another batch is about to get its offsets.
   */
  private static LogState within(Log log, List<Change> changes, LogState written, Journal journal)
      throws IOException {
    long end = log.extent().endOffset();
    LogState kept = written.isWithin(end) ? written : LogState.of(changes, end);
    if (kept != written) {
      journal.turnOver(kept.encode(end));
    }
    return kept;
  }

  /** Elsewhere first: a crash must not leave a folder without a journal. */
  private void createDefaults(Path defaultsFolder) throws IOException {
    Path begun = freshTrash();
    disk.createFolders(begun);
    Journal.create(disk, begun, List.of(configured(LogSettings.NONE)));
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
