package io.dislog.raft.node;

import io.dislog.raft.group.Participant;
import io.dislog.raft.group.Shards;
import io.dislog.raft.rpc.PeerClient;
import io.dislog.raft.rpc.RaftAdminClient;
import java.lang.System.Logger.Level;
import org.apache.ratis.conf.RaftProperties;

/** What a node does each second while it takes part. For one thread. */
final class Duties implements Runnable {

  private static final System.Logger LOGGER = System.getLogger(Duties.class.getName());

  private final ParticipationControl participation;
  private final Shards shards;
  private final ElectionBackoff backoff;
  private final Clocks clocks;
  private final LeaderBalance balance;
  private final RemovalDetector removal;
  private final Healing healing;

  Duties(
      String self,
      Shards shards,
      RaftAdminClient admin,
      PeerClient peers,
      AgreedId id,
      ParticipationControl participation,
      RaftProperties properties,
      Clocks clocks) {
    this.participation = participation;
    this.shards = shards;
    this.backoff = new ElectionBackoff(properties, System::nanoTime);
    this.clocks = clocks;
    this.balance = new LeaderBalance(self, shards, peers);
    this.healing = new Healing(self, shards);
    this.removal = new RemovalDetector(self, shards, admin, id, participation::forget);
  }

  @Override
  public void run() {
    try {
      Participant part = participation.participant();
      if (participation.look() && part != null) {
        backoff.look(shards);
        clocks.look();
        balance.look(part);
        healing.look(part);
        removal.look();
      } else {
        backoff.look(false);
      }
    } catch (RuntimeException e) {
      // A timer ends with the first exception that it sees.
      LOGGER.log(Level.WARNING, "will be tried again: {0}", e.toString());
    }
  }
}
