package io.dislog.raft.node;

import io.dislog.commit.ClusterId;
import io.dislog.raft.rpc.PeerReport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's UUID, as its members come to have the same one. One thread looks, any may ask.
 *
 * <ol>
 *   <li>The member that comes first by its id makes it, and no other, once all members have told
 *       that they have none: so that it is made once, whoever leads what.
 *   <li>Whoever has none takes over another member's, durably.
 *   <li>It is told to clients once a second member has it. What only a node had that lost its disk
 *       was told to nobody.
 * </ol>
 */
final class AgreedId {

  private static final System.Logger LOGGER = System.getLogger(AgreedId.class.getName());

  private final ClusterId file;
  private volatile boolean isOfOthers;
  private volatile boolean isRenewed;

  AgreedId(ClusterId file) {
    this.file = file;
    isOfOthers = file.value() != null;
  }

  /** This node's, which others take over; or null. */
  @Nullable UUID value() {
    return file.value();
  }

  /** Whether a peer's is known to be another cluster's than this node's own. */
  boolean isOther(@Nullable UUID theirs) {
    UUID own = file.value();
    return theirs != null && own != null && !theirs.equals(own);
  }

  /** What clients are told. */
  Optional<UUID> told() {
    return isOfOthers ? Optional.ofNullable(file.value()) : Optional.empty();
  }

  /**
   * Has a look at what the others have.
   *
   * @param members ids, of this node too
   * @param others what they told lately
   * @param formed whether this node has agreed on anything with them
   */
  void look(String self, List<String> members, Map<String, PeerReport> others, boolean formed) {
    if (isOfOthers || !formed || !members.contains(self)) {
      return;
    }
    try {
      Optional<UUID> theirs =
          others.values().stream().map(PeerReport::clusterId).filter(Objects::nonNull).findFirst();
      boolean allTold =
          members.stream().allMatch(node -> node.equals(self) || others.containsKey(node));
      boolean isFirst = members.stream().noneMatch(node -> node.compareTo(self) < 0);
      if (theirs.isPresent()) {
        file.write(theirs.get());
        isOfOthers = true;
      } else if (allTold && isFirst) {
        file.make();
        isOfOthers = members.size() == 1;
      }
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the cluster''s id can''t be written, will be tried again: {0}", e);
    }
  }

  /**
   * Says whether another UUID is about to take its place, which nobody must take over till then.
   */
  void renews(boolean now) {
    isRenewed = now;
  }

  boolean isRenewed() {
    return isRenewed;
  }

  /** This node alone is the cluster from now on, which is another one for that. */
  void renew() throws IOException {
    file.write(UUID.randomUUID());
    isOfOthers = true;
    isRenewed = false;
  }

  /** This node was taken out of its cluster, and may be added to another one. */
  void forget() throws IOException {
    file.forget();
    isOfOthers = false;
  }
}
