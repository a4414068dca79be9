package io.dislog.shard;

import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.StrangeFileException;
import io.dislog.journal.Journal;
import io.dislog.log.LogResources;
import io.dislog.log.SealedIndexRepair;
import io.dislog.log.SegmentName;
import io.dislog.log.StoreOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A log as a peer has it, put together in a folder of its own: of stores that this node has
 * (linked) and stores that are fetched. Blocks. For one thread.
 */
final class LogCopy {

  /** A tail is held in memory. */
  private static final long MOST_TAIL_BYTES = 4 << 20;

  private final LogResources resources;
  private final Disk disk;
  private final Path folder;
  private final Reuse reuse;
  private final Map<Long, Long> sizes = new HashMap<>();
  private final Map<Long, Path> ownIndexes = new HashMap<>();
  private final Set<Long> indexed = new HashSet<>();

  /** Says which of this node's own files is just a store of the peer's. */
  interface Reuse {

    /** Whether a file that is as large as this store is just that. */
    boolean isSame(Path file, LogOutline log, StoreOutline store) throws IOException;

    /** The file that may be this store and is not written any more, or null. */
    @Nullable Path own(LogOutline log, StoreOutline store);
  }

  LogCopy(LogResources resources, Path folder, Reuse reuse) {
    this.resources = resources;
    this.disk = resources.disk();
    this.folder = folder;
    this.reuse = reuse;
  }

  /**
   * Brings the folder to where the peer has the log; called again, it fetches only what came
   * meanwhile. All of it is durable then, but for the folder's names.
   *
   * @throws io.dislog.disk.DamageException where a record is not sound, as the peer has it
   */
  Path bring(ShardSource peer, LogOutline log) throws IOException {
    ownFolder(disk, folder);
    StoreOutline active = log.stores().getLast();
    for (StoreOutline store : log.stores()) {
      bring(peer, log, store);
      if (!store.equals(active) && indexed.add(store.baseOffset())) {
        index(store);
      }
    }
    deleteOthers(log);
    Journal.create(disk, folder, log.state());
    return folder;
  }

  private void bring(ShardSource peer, LogOutline log, StoreOutline store) throws IOException {
    long have = sizes.getOrDefault(store.baseOffset(), 0L);
    if (have >= store.size()) {
      return;
    }
    Path target = SegmentName.store(folder, store.baseOffset());
    if (have > 0 && store.size() - have <= MOST_TAIL_BYTES) {
      extend(target, peer.tail(log, store, have), have);
    } else if (!isSame(target, log, store)) {
      disk.deleteAll(target);
      Path own = reuse.own(log, store);
      if (own != null && isSame(own, log, store)) {
        disk.link(own, target);
        Path itsFolder = Objects.requireNonNull(own.getParent());
        ownIndexes.put(store.baseOffset(), SegmentName.index(itsFolder, store.baseOffset()));
      } else {
        fetch(target, peer, log, store);
      }
    }
    sizes.put(store.baseOffset(), store.size());
  }

  private boolean isSame(Path file, LogOutline log, StoreOutline store) throws IOException {
    return isOfSize(file, store.size()) && reuse.isSame(file, log, store);
  }

  private boolean isOfSize(Path file, long size) throws IOException {
    if (!disk.exists(file)) {
      return false;
    }
    try (DiskFile there = disk.openForReading(file)) {
      return there.size() == size;
    } catch (StrangeFileException e) {
      return false;
    }
  }

  private void extend(Path target, ByteBuffer tail, long have) throws IOException {
    try (DiskFile file = disk.open(target)) {
      file.write(tail, have);
      file.force();
    }
  }

  private void fetch(Path target, ShardSource peer, LogOutline log, StoreOutline store)
      throws IOException {
    try (DiskFile file = disk.create(target)) {
      peer.copy(log, store, file);
    }
  }

  /** The index that a linked store has goes with it; it is checked when the log is opened. */
  private void index(StoreOutline store) throws IOException {
    Path target = SegmentName.index(folder, store.baseOffset());
    disk.deleteAll(target);
    Path ownIndex = ownIndexes.get(store.baseOffset());
    if (ownIndex != null && disk.exists(ownIndex)) {
      disk.link(ownIndex, target);
    } else {
      SealedIndexRepair.run(resources, folder, store);
    }
  }

  /** All in such a folder is this node's to make anew: what is no folder there goes. */
  static void ownFolder(Disk disk, Path folder) throws IOException {
    try {
      disk.createFolders(folder);
    } catch (StrangeFileException e) {
      disk.deleteAll(folder);
      disk.createFolders(folder);
    }
  }

  /** What an earlier attempt left behind: another state, stores that were trimmed meanwhile. */
  private void deleteOthers(LogOutline log) throws IOException {
    Set<String> kept = new HashSet<>();
    for (StoreOutline store : log.stores()) {
      kept.add(name(SegmentName.store(folder, store.baseOffset())));
      if (indexed.contains(store.baseOffset())) {
        kept.add(name(SegmentName.index(folder, store.baseOffset())));
      }
    }
    for (String name : disk.list(folder)) {
      if (!kept.contains(name)) {
        disk.deleteAll(folder.resolve(name));
      }
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
