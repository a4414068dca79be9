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
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
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
  private final LogFolders folders;
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
    this.folders = new LogFolders(surroundings.volume(), folder);
    this.surroundings = surroundings;
    Path defaultsFolder = folder.resolve("defaults");
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
    Recovery.run(folders.recover(), this::openOrRefuse, progress);
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
    Path folder = folders.fresh();
    try {
      disk.createFolders(folder);
      Log.create(surroundings.volume(), folder, surroundings.clock().millis());
      Journal.create(disk, folder, begin);
      folders.publish(folder, name);
    } catch (IOException e) {
      disk.deleteAll(folder);
      throw e;
    }
    try {
      return serve(name);
    } catch (IOException e) {
      folders.delete(name); // Nobody was told of it.
      throw e;
    }
  }

  private LogWriter serve(String name) throws IOException {
    LogWriter writer = open(name);
    writers.put(name, writer);
    return writer;
  }

  /** What the shard holds, all of its history up to a checkpoint; between rounds. */
  public ShardOutline outline(Checkpoint at) {
    return new ShardOutline(
        at, patchedDefaults(), all().stream().map(writer -> writer.outline(at)).toList());
  }

  /**
   * Puts a log's folder, whose files are durable, in the place of the log that bears its name, if
   * any; readers of that one are told that it is gone.
   */
  public void adopt(String name, Path begun) throws IOException {
    retire(name);
    folders.publish(begun, name);
    serve(name);
  }

  /** Deletes a log, if there is one, whatever state it is in. */
  public void retire(String name) throws IOException {
    boolean there = writers.containsKey(name) || refused.containsKey(name);
    LogWriter writer = remove(name);
    if (writer != null) {
      writer.close(true);
    }
    if (there) {
      folders.delete(name);
    }
  }

  /** Takes over a shard's state beside its logs, once these are adopted. */
  public void adopt(ShardOutline outline) throws IOException {
    state.change(outline.patchedDefaults());
    for (LogWriter writer : all()) {
      writer.showSettings();
    }
    state.reach(outline.at(), outline.patchedDefaults());
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
    folders.delete(name);
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

  /**
   * The logs have the history durably, up to here.
   *
   * @param patchedThen what {@link #patchedDefaults} was here
   */
  public void reach(Checkpoint reached, LogSettings patchedThen) throws IOException {
    state.reach(reached, patchedThen);
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
    } catch (IOException e) {
      refuse(name, surroundings.volume().trouble().words(e, folders.of(name)), null);
    } catch (RuntimeException e) {
      refuse(name, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * @param bug where in the code it happened, which says nothing where a file is to blame
   */
  private void refuse(String name, String why, @Nullable RuntimeException bug) {
    LOGGER.log(Level.ERROR, "log %s can't be opened: %s".formatted(name, why), bug);
    refused.put(name, why);
  }

  private LogWriter open(String name) throws IOException {
    Path folder = folders.of(name);
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
    Path begun = folders.fresh();
    disk.createFolders(begun);
    ShardState.create(disk, begun);
    disk.forceFolder(begun);
    disk.rename(begun, defaultsFolder);
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
