package io.dislog.shard;

import io.dislog.disk.Digest;
import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.StrangeFileException;
import io.dislog.journal.Journal;
import io.dislog.log.SegmentName;
import io.dislog.log.StoreOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Brings a shard to where a peer has it, by fetching the stores that are lacking. Blocks. For one
 * thread, while no entry is applied.
 *
 * <p>For each log: (1) a folder is made in {@code incoming}, of stores that this node has already
 * (linked) and stores that are fetched, both compared by digest; (2) the peer's state of the log
 * becomes its journal; (3) the folder takes the place of the log's own at once. At last (4) the
 * shard's journal names the entry. A crash leaves some logs as they were and some as the peer has
 * them; the shard's checkpoint is then the old one, and all of it is done again, with the stores in
 * {@code incoming} that are whole.
 */
public final class SnapshotInstallation {

  private final Shard shard;
  private final Disk disk;
  private final Path incoming;
  private final ShardSource peer;

  /**
   * @param incoming where logs are put together until they are whole
   */
  public SnapshotInstallation(Shard shard, Disk disk, Path incoming, ShardSource peer) {
    this.shard = shard;
    this.disk = disk;
    this.incoming = incoming;
    this.peer = peer;
  }

  /**
   * Fetches what is lacking and takes it over.
   *
   * @param atLeast the index that the peer's state must reach
   * @return the entry after which the shard is as the peer had it
   * @throws IOException where the peer is not as far, too
   */
  public Checkpoint run(long atLeast) throws IOException {
    ShardOutline outline = peer.outline();
    if (outline.at().index() < atLeast) {
      throw new IOException(
          "the peer is at entry %d, and %d is needed".formatted(outline.at().index(), atLeast));
    }
    ownFolder(incoming);
    Set<String> names = new HashSet<>();
    for (LogOutline log : outline.logs()) {
      names.add(log.name());
      shard.adopt(log.name(), prepared(log));
    }
    for (String name : gone(names)) {
      shard.retire(name);
    }
    shard.adopt(outline);
    return outline.at();
  }

  private List<String> gone(Set<String> kept) {
    List<String> gone = new ArrayList<>(shard.unavailable().keySet());
    shard.all().forEach(writer -> gone.add(writer.log().name()));
    gone.removeAll(kept);
    return gone;
  }

  private Path prepared(LogOutline log) throws IOException {
    Path folder = incoming.resolve(log.name());
    ownFolder(folder);
    for (StoreOutline store : log.stores()) {
      Path target = SegmentName.store(folder, store.baseOffset());
      if (!has(target, log, store)) {
        disk.deleteAll(target);
        Path own = own(log, store);
        if (own != null && has(own, log, store)) {
          disk.link(own, target);
        } else {
          fetch(target, log, store);
        }
      }
    }
    deleteOthers(folder, log);
    Journal.create(disk, folder, log.state());
    return folder;
  }

  /** All in {@code incoming} is this node's to make anew: what is no folder there goes. */
  private void ownFolder(Path folder) throws IOException {
    try {
      disk.createFolders(folder);
    } catch (StrangeFileException e) {
      disk.deleteAll(folder);
      disk.createFolders(folder);
    }
  }

  /** This node's own store of a segment that begins there, or null. */
  private @Nullable Path own(LogOutline log, StoreOutline store) {
    LogWriter own = shard.find(log.name());
    return own != null && own.log().id().equals(log.id())
        ? own.log().store(store.baseOffset())
        : null;
  }

  /** Whether a file is just this store. */
  private boolean has(Path file, LogOutline log, StoreOutline store) throws IOException {
    if (!disk.exists(file)) {
      return false;
    }
    try (DiskFile there = disk.openForReading(file)) {
      if (there.size() != store.size()) {
        return false;
      }
    } catch (StrangeFileException e) {
      return false;
    }
    return Digest.of(disk, file, store.size()).equals(peer.digest(log, store));
  }

  private void fetch(Path target, LogOutline log, StoreOutline store) throws IOException {
    try (DiskFile file = disk.create(target)) {
      peer.copy(log, store, file);
    }
  }

  /** What an earlier attempt left behind: another state, stores that were trimmed meanwhile. */
  private void deleteOthers(Path folder, LogOutline log) throws IOException {
    Set<String> kept = new HashSet<>();
    for (StoreOutline store : log.stores()) {
      kept.add(String.valueOf(SegmentName.store(folder, store.baseOffset()).getFileName()));
    }
    for (String name : disk.list(folder)) {
      if (!kept.contains(name)) {
        disk.deleteAll(folder.resolve(name));
      }
    }
  }
}
