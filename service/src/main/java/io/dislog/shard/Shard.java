package io.dislog.shard;

import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.disk.Disk;
import io.dislog.log.LogResources;
import io.dislog.log.SegmentName;
import io.dislog.state.Checkpoint;
import io.dislog.state.ProducerLimits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The logs of one data directory, by name, and the defaults of their configuration.
 *
 * <pre>
 *   defaults/state-?.journal        what PATCH changed; on a replica, the checkpoint too
 *   logs/NAME/state-?.journal       a log's state beside its records
 *   logs/NAME/00000000000000000000.store, .index
 *   incoming/                       on a replica, what is fetched from another one
 *   trash/                          what is about to be created or deleted
 * </pre>
 *
 * <p>Safe for use by many threads, of which one at a time creates or deletes a log of some name.
 */
public final class Shard implements Closeable {

  private final Disk disk;
  private final LogFolders folders;
  private final ShardContext context;
  private final ShardState state;
  private final ConcurrentSkipListMap<String, LogWriter> writers = new ConcurrentSkipListMap<>();
  private final UnavailableLogs unavailable = new UnavailableLogs();
  private final DamagedLogs damaged = new DamagedLogs(writers, unavailable);
  private final Catalog catalog;

  /**
   * Opens the directory's defaults; its logs are opened by {@link #recover}.
   *
   * @param serverDefaults have a value for every setting that is no limit
   * @param producers how long, and how many of them, a log remembers now
   * @param forcer runs a force beside another one
   */
  public Shard(
      LogResources resources,
      Path folder,
      DiskReserve reserve,
      LogSettings serverDefaults,
      Supplier<ProducerLimits> producers,
      InstantSource clock,
      Executor forcer)
      throws IOException {
    this(
        folder,
        serverDefaults,
        new ShardContext(resources, reserve, clock, clock, producers, new JournaledHistory(forcer)),
        false);
  }

  private Shard(
      Path folder, LogSettings serverDefaults, ShardContext context, boolean fromCheckpoint)
      throws IOException {
    this.disk = context.resources().disk();
    this.folders = new LogFolders(context.resources(), folder);
    this.context = context;
    this.catalog = new Catalog(writers, unavailable.byName(), context.clock());
    Path defaultsFolder = folder.resolve("defaults");
    if (!disk.exists(defaultsFolder)) {
      ShardState.create(disk, folders.fresh(), defaultsFolder);
    }
    disk.forceFolder(folder); // A crash may have come before this.
    this.state = new ShardState(disk, defaultsFolder, serverDefaults, fromCheckpoint);
  }

  /**
   * Opens a shard whose commands are applied again after a crash, from its checkpoint on: nothing
   * is forced before it is shown, and no append is refused for want of space.
   *
   * @param clock the time of the commands
   * @param wallClock the time of readers
   * @param producers what the commands say of them
   */
  public static Shard replayed(
      LogResources resources,
      Path folder,
      LogSettings serverDefaults,
      InstantSource clock,
      InstantSource wallClock,
      Supplier<ProducerLimits> producers)
      throws IOException {
    ShardContext context =
        new ShardContext(
            resources, DiskReserve.unlimited(), clock, wallClock, producers, new ReplayedHistory());
    return new Shard(folder, serverDefaults, context, true);
  }

  /**
   * Opens all logs, several at a time.
   *
   * @param progress is told how many of how many are open
   */
  public void recover(Progress progress) throws IOException {
    List<String> names = folders.recover();
    LogsOpener.run(names, this::openOrRefuse, progress);
    for (String passed : state.passed().keySet()) {
      if (!names.contains(passed)) { // Its deletion would be in the history that is to come.
        unavailable.add(passed, "its folder is gone", null);
      }
    }
  }

  /** Says whether a log is to be created, or can be deleted. */
  public Catalog catalog() {
    return catalog;
  }

  /** Creates a log that is not there. */
  public LogWriter create(String name, Creation creation) throws IOException {
    context.reserve().take(creation.size());
    return create(name, creation, ThreadLocalRandom.current().nextLong(), 0);
  }

  /** Does so by a command at this position of the history: the log's id on every replica. */
  public LogWriter create(String name, Creation creation, long position) throws IOException {
    return create(name, creation, position, position);
  }

  private LogWriter create(String name, Creation creation, long id, long position)
      throws IOException {
    Path folder = folders.fresh();
    try {
      new LogBirth(context, name, creation, catalog.source(creation), id, position)
          .fill(folder, this::defaults);
      folders.publish(folder, name);
    } catch (IOException | RuntimeException e) {
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

  LogResources resources() {
    return context.resources();
  }

  /** Where a store of a log is, if it is there, and whether or not the log is served. */
  Path store(String name, long baseOffset) {
    return SegmentName.store(folders.of(name), baseOffset);
  }

  private LogWriter serve(String name) throws IOException {
    LogWriter writer = open(name);
    writers.put(name, writer);
    return writer;
  }

  /** What some of its logs hold, all of their history up to a checkpoint; between rounds. */
  public ShardOutline outline(Checkpoint at, Collection<LogWriter> some) {
    return new ShardOutline(
        at, patchedDefaults(), some.stream().map(writer -> writer.outline(at)).toList());
  }

  /**
   * Puts a log's folder, whose files are durable, in the place of the log that bears its name, if
   * any; readers of that one are told to ask again.
   */
  public void adopt(String name, Path begun) throws IOException {
    LogWriter before = writers.get(name);
    if (before != null || unavailable.byName().containsKey(name)) {
      unavailable.beingReplaced(name); // It is not one that is not there, at any moment.
      writers.remove(name);
      if (before != null) {
        before.closeReplaced();
      }
      folders.delete(name);
    }
    folders.publish(begun, name);
    serve(name);
    unavailable.remove(name);
  }

  /**
   * Does the same with a log that is there, so that a crash in the middle does not make it one that
   * never was: this node refuses it then.
   */
  void replace(String name, Path begun) throws IOException {
    state.pass(name);
    adopt(name, begun);
  }

  /** Deletes a log, if there is one, whatever state it is in. */
  public void retire(String name) throws IOException {
    boolean there = writers.containsKey(name) || unavailable.byName().containsKey(name);
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
    state.writeCheckpoint(outline.at(), outline.patchedDefaults(), Set.of());
  }

  /** Takes a log out of sight; its writer is to be closed before its files are deleted. */
  public @Nullable LogWriter remove(String name) {
    unavailable.remove(name);
    return writers.remove(name);
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
   * @param damaged logs that do not have it, and get it no more: they are refused from now on
   */
  public void writeCheckpoint(Checkpoint reached, LogSettings patchedThen, Set<String> damaged)
      throws IOException {
    state.writeCheckpoint(reached, patchedThen, damaged);
  }

  /** The logs that can't be served whole. */
  public DamagedLogs damaged() {
    return damaged;
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
      unavailable.add(name, e, context.resources().trouble().words(e, folders.of(name)));
    } catch (RuntimeException e) {
      unavailable.add(name, String.valueOf(e.getMessage()), e);
    }
  }

  private LogWriter open(String name) throws IOException {
    Path folder = folders.of(name);
    long needed = state.passed().getOrDefault(name, 0L);
    return new LogOpening(context, folder, checkpoint(), needed).writer(name, this::defaults);
  }
}
