package io.dislog.shard;

import io.dislog.log.SealedIndexRepair;
import io.dislog.log.StoreOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings one damaged log to where a peer has it. Segments of this node that are sound stay: they
 * are read whole, as is all that is fetched. Blocks. For one thread.
 *
 * <p>(1) {@link #prepare} puts the log together in a folder of its own, as the peer has it then,
 * while entries go on being applied to the shard; (2) {@link #run}, while none is, fetches what
 * came meanwhile, and has the folder take the place of the log's own. A crash before that leaves
 * the log as it was, one in the middle a log that is refused, and one after it leaves it healed.
 */
public final class LogHealing implements LogCopy.Reuse {

  private final Shard shard;
  private final String log;
  private final LogCopy copy;

  /**
   * @param folder for what is put together
   */
  public LogHealing(Shard shard, String log, Path folder) {
    this.shard = shard;
    this.log = log;
    this.copy = new LogCopy(shard.resources(), folder, this);
  }

  /**
   * Fetches what is lacking, or has come since.
   *
   * @param peer that has the log
   * @throws io.dislog.disk.DamageException where the peer's is damaged, too
   */
  public void prepare(ShardSource peer) throws IOException {
    copy.bring(peer, outline(peer.outline(log)));
  }

  /**
   * Takes the log over.
   *
   * @param peer as for {@link #prepare}, and quick to give up
   * @param applied the index of the last entry of this node; the peer must have applied it
   */
  public void run(ShardSource peer, long applied) throws IOException {
    ShardOutline outline = peer.outline(log);
    Checkpoint at = outline.at();
    if (at.index() < applied) {
      throw new IOException(
          "the peer is at entry %d, and %d is needed".formatted(at.index(), applied));
    }
    shard.replace(log, copy.bring(peer, outline(outline)));
  }

  private LogOutline outline(ShardOutline shown) throws IOException {
    return shown.logs().stream()
        .filter(each -> each.name().equals(log))
        .findFirst()
        .orElseThrow(() -> new IOException("the peer has no log " + log));
  }

  /** A sealed store of this log: the active one is written until the log is taken over. */
  @Override
  public @Nullable Path own(LogOutline outline, StoreOutline store) {
    return store.equals(outline.stores().getLast()) ? null : shard.store(log, store.baseOffset());
  }

  @Override
  public boolean isSame(Path file, LogOutline outline, StoreOutline store) throws IOException {
    return SealedIndexRepair.isWhole(
        shard.resources(), Objects.requireNonNull(file.getParent()), store);
  }
}
