package io.dislog.shard;

import io.dislog.log.Disk;
import io.dislog.log.Journal;
import io.dislog.log.LogFailedException;
import io.dislog.log.ShortageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private @Nullable IOException failure;

  /**
   * Opens the state, after a crash or not.
   *
   * @param serverDefaults have a value for every setting that is no limit
   * @param replayed whether what came behind the last checkpoint is about to be done again
   */
  ShardState(Disk disk, Path folder, LogSettings serverDefaults, boolean replayed)
      throws IOException {
    this.serverDefaults = serverDefaults;
    List<Change> changes = new ArrayList<>();
    this.journal = Journal.open(disk, folder, entry -> changes.add(Change.decode(entry)));
    List<Change> kept = replayed ? upToCheckpoint(changes) : changes;
    for (Change change : kept) {
      if (change instanceof Change.Configured(LogSettings own)) {
        patched = own;
      } else if (change instanceof Change.Checkpointed(Checkpoint last)) {
        checkpoint = last;
        patchedAtCheckpoint = patched;
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
   */
  synchronized void reach(Checkpoint reached, LogSettings patchedThen) throws IOException {
    if (patchedThen.equals(patched)) {
      write(new Change.Checkpointed(reached));
      checkpoint = reached;
      patchedAtCheckpoint = patched;
    } else {
      checkpoint = reached;
      patchedAtCheckpoint = patchedThen;
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
