package io.dislog.shard;

import io.dislog.command.LogSettings;
import io.dislog.disk.Disk;
import io.dislog.disk.ShortageException;
import io.dislog.journal.Journal;
import io.dislog.log.LogFailedException;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A shard's state beside its logs, in a journal of its own: what was changed of the defaults, and
 * up to where the shard's history is in the logs, where it is replayed after a crash. One thread at
 * a time changes it, any number look in.
 */
final class ShardState implements Closeable {

  private final LogSettings serverDefaults;
  private final Journal journal;
  private volatile LogSettings patched = LogSettings.NONE;
  private volatile LogSettings effective;
  private volatile Checkpoint checkpoint = new Checkpoint(0, -1);
  private LogSettings patchedAtCheckpoint = LogSettings.NONE;
  private volatile Map<String, Long> passed = Map.of();
  private @Nullable IOException failure;

  /**
   * Opens the state, after a crash or not.
   *
   * @param serverDefaults have a value for every setting that is no limit
   * @param fromCheckpoint whether what came behind the last one is about to be done again
   */
  ShardState(Disk disk, Path folder, LogSettings serverDefaults, boolean fromCheckpoint)
      throws IOException {
    this.serverDefaults = serverDefaults;
    List<Change> changes = new ArrayList<>();
    this.journal = Journal.open(disk, folder, entry -> changes.add(Change.decode(entry)));
    List<Change> kept = fromCheckpoint ? upToCheckpoint(changes) : changes;
    Map<String, Long> passedNext = new HashMap<>();
    for (Change change : kept) {
      if (change instanceof Change.Configured(LogSettings own)) {
        patched = own;
      } else if (change instanceof Change.Passed(String log, long position)) {
        passedNext.put(log, position);
      } else if (change instanceof Change.Checkpointed(Checkpoint last)) {
        checkpoint = last;
        patchedAtCheckpoint = patched;
        passed = Map.copyOf(passedNext);
        passedNext.clear();
      }
    }
    this.effective = patched.over(serverDefaults);
    if (kept.size() < changes.size()) {
      journal.turnOver(encode());
    }
  }

  /** Creates the state of a new shard in an empty folder. */
  static void create(Disk disk, Path folder) throws IOException {
    Journal.create(disk, folder, List.of(new Change.Configured(LogSettings.NONE).encode()));
  }

  /** Creates it elsewhere first: a crash must not leave a folder without a journal. */
  static void create(Disk disk, Path begun, Path folder) throws IOException {
    disk.createFolders(begun);
    create(disk, begun);
    disk.forceFolder(begun);
    disk.rename(begun, folder);
  }

  /** What was changed of the server's configuration. */
  LogSettings patched() {
    return patched;
  }

  /** What logs have that say nothing of their own. */
  LogSettings defaults() {
    return effective;
  }

  /** Up to where the history is in the logs durably; index -1 where nothing is. */
  Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * The logs that the checkpoint left out because they were damaged, and the position of the
   * history at which each of them needs a mark, for what was committed before that is in no log
   * else.
   */
  Map<String, Long> passed() {
    return passed;
  }

  /** Changes the defaults durably. */
  synchronized void change(LogSettings newPatched) throws IOException {
    write(new Change.Configured(newPatched));
    patched = newPatched;
    effective = newPatched.over(serverDefaults);
  }

  /**
   * The logs have the history up to here durably.
   *
   * @param patchedThen what was changed of the server's configuration up to here: it may have been
   *     changed again since, by commands that will be done again after a crash
   * @param damaged logs that do not have it
   */
  synchronized void writeCheckpoint(
      Checkpoint reached, LogSettings patchedThen, Set<String> damaged) throws IOException {
    passed =
        damaged.stream()
            .collect(Collectors.toUnmodifiableMap(log -> log, log -> reached.lastPosition()));
    if (patchedThen.equals(patched) && damaged.isEmpty()) {
      write(new Change.Checkpointed(reached));
      checkpoint = reached;
      patchedAtCheckpoint = patched;
    } else {
      checkpoint = reached;
      patchedAtCheckpoint = patchedThen;
      attempt(() -> journal.turnOver(encode()));
    }
  }

  /** Has a log refused that is not there, or not as it was at the last checkpoint. */
  synchronized void pass(String log) throws IOException {
    if (!passed.containsKey(log)) {
      Map<String, Long> more = new HashMap<>(passed);
      more.put(log, checkpoint.lastPosition());
      passed = Map.copyOf(more);
      attempt(() -> journal.turnOver(encode()));
    }
  }

  private void write(Change change) throws IOException {
    byte[] entry = change.encode();
    attempt(() -> {
      if (!journal.hasRoomFor(entry.length)) {
        journal.turnOver(encode());
      }
      journal.append(entry);
      journal.write(true);
    });
  }

  private void attempt(Writing writing) throws IOException {
    if (failure != null) {
      throw new LogFailedException("the shard's state takes no changes", failure);
    }
    try {
      writing.run();
    } catch (ShortageException e) {
      journal.cutBack();
      throw e;
    } catch (IOException e) {
      failure = e; // Nobody knows what the disk holds.
      throw new LogFailedException("the defaults take no changes: " + e.getMessage(), e);
    }
    journal.settle();
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }

  /** Writes to the journal. */
  private interface Writing {
    void run() throws IOException;
  }

  private List<byte[]> encode() {
    List<Change> state = new ArrayList<>();
    if (checkpoint.index() >= 0) {
      state.add(new Change.Configured(patchedAtCheckpoint));
      passed.forEach((log, position) -> state.add(new Change.Passed(log, position)));
      state.add(new Change.Checkpointed(checkpoint));
    }
    state.add(new Change.Configured(patched));
    return state.stream().map(Change::encode).toList();
  }

  private static List<Change> upToCheckpoint(List<Change> changes) {
    int last = changes.size() - 1;
    while (last > 0 && !(changes.get(last) instanceof Change.Checkpointed)) {
      last--;
    }
    return changes.subList(0, last + 1);
  }
}
