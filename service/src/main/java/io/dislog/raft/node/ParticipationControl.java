package io.dislog.raft.node;

import io.dislog.raft.group.Participant;
import io.dislog.raft.group.Shards;
import io.dislog.raft.vote.VoteStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a node take part in its groups while its disk has room for that. Safe for use by many
 * threads.
 */
final class ParticipationControl {

  private static final System.Logger LOGGER =
      System.getLogger(ParticipationControl.class.getName());

  private static final long PAUSE_MILLIS = 1_000;

  private final Shards shards;
  private final VoteStore votes;
  private final DiskPressure pressure;
  private final NodeHealth health;
  private final FatalHandler fatal;
  private final Opener opener;
  private volatile @Nullable Participant participant;
  private volatile boolean opened;
  private boolean over;

  /** Makes a participant. */
  interface Opener {
    Participant open() throws IOException;
  }

  /**
   * @param health is told whether there is room
   * @param fatal ends a node that can't take part again
   * @param opener makes the participant each time
   */
  ParticipationControl(
      Shards shards,
      VoteStore votes,
      DiskPressure pressure,
      NodeHealth health,
      FatalHandler fatal,
      Opener opener) {
    this.shards = shards;
    this.votes = votes;
    this.pressure = pressure;
    this.health = health;
    this.fatal = fatal;
    this.opener = opener;
  }

  /** Who takes part, or null while nobody does. */
  @Nullable Participant participant() {
    return participant;
  }

  /** Whether the groups are open, as far as there are any. */
  boolean isOpen() {
    return opened && !health.isFull();
  }

  /** Takes part from now on, with what Ratis has lost made good. */
  synchronized void begin() throws IOException {
    if (!over && participant == null) {
      votes.restore();
      participant = opener.open();
      opened = true;
    }
  }

  /** Takes part as soon as there is room for it; what is there is read meanwhile. */
  void awaitRoom() throws IOException, InterruptedException {
    while (participant == null) {
      health.setFull(pressure.isGone());
      try {
        if (!health.isFull()) {
          begin();
          return;
        }
      } catch (IOException e) {
        if (!DiskPressure.lacked(e)) {
          throw e;
        }
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  /** Looks whether there is room; called each second. Says whether the node takes part. */
  boolean look() {
    try {
      if (participant != null && (health.isFull() || pressure.isGone())) {
        health.setFull(true);
        LOGGER.log(Level.WARNING, "does not take part: {0}", pressure.why());
        leave();
      } else if (opened && health.isFull() && pressure.isBack()) {
        shards.reopenFailed();
        begin();
        health.setFull(false);
        LOGGER.log(Level.INFO, "there is room again: takes part");
      }
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "will be tried again: {0}", e.toString());
      if (health.isFull() && participant == null) {
        // Files stay open: only a new process can go on there.
        fatal.end("can't take part again: " + e.getMessage());
      }
    }
    return participant != null && !health.isFull();
  }

  /** Gives up what this node has of its groups, of which it is no member any more. */
  synchronized void forget() {
    Participant part = participant;
    if (part != null) {
      part.removeAll();
    }
  }

  /** Hands over what this node leads. */
  void handOver() {
    LeaderBalance.leave(participant, shards, List.of());
  }

  /** Takes no part any more, for good; what this node leads is handed over first. */
  synchronized void end() throws IOException {
    over = true;
    leave();
  }

  private synchronized void leave() throws IOException {
    Participant part = participant;
    if (part != null) {
      LeaderBalance.leave(part, shards, List.of());
      shards.closing();
      participant = null;
      part.close();
    }
  }
}
