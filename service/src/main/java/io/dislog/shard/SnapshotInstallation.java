package io.dislog.shard;

import io.dislog.disk.Digest;
import io.dislog.disk.Disk;
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
public final class SnapshotInstallation implements LogCopy.Reuse {

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
    LogCopy.ownFolder(disk, incoming);
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
    List<String> gone = new ArrayList<>(shard.damaged().unavailable().keySet());
    shard.all().forEach(writer -> gone.add(writer.log().name()));
    gone.removeAll(kept);
    return gone;
  }

  private Path prepared(LogOutline log) throws IOException {
    return new LogCopy(shard.resources(), incoming.resolve(log.name()), this).bring(peer, log);
  }

  @Override
  public @Nullable Path own(LogOutline log, StoreOutline store) {
    LogWriter own = shard.find(log.name());
    return own != null && own.log().id().equals(log.id())
        ? own.log().store(store.baseOffset())
        : null;
  }

  @Override
  public boolean isSame(Path file, LogOutline log, StoreOutline store) throws IOException {
    return Digest.of(disk, file, store.size()).equals(peer.digest(log, store));
  }
}
