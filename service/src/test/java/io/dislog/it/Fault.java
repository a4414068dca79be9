package io.dislog.it;

import io.dislog.kit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/** What befalls a cluster. Each takes out a minority of its nodes at most, but the kill of all. */
enum Fault {
  LEADER_KILLED {
    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = cluster.leader(random);
      node.kill();
      return "leader " + node.id() + " killed (kill -9)";
    }
  },

  FOLLOWER_KILLED {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.minority() > 0;
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = cluster.follower(random);
      node.kill();
      return "follower " + node.id() + " killed (kill -9)";
    }
  },

  ALL_KILLED {
    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      for (ClusterNode node : cluster.nodes()) {
        node.kill();
      }
      return "all nodes killed (kill -9)";
    }
  },

  FROZEN {
    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      node.freeze();
      return node.id() + " frozen (SIGSTOP)";
    }
  },

  CUT_OFF {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.minority() > 0 && cluster.network().isIsolated();
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      cut(cluster, node, true, true);
      return node.id() + " cut off from the others, both ways";
    }
  },

  CUT_OFF_ONE_WAY {
    @Override
    boolean fits(Cluster cluster) {
      return CUT_OFF.fits(cluster);
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      boolean out = random.nextBoolean();
      cut(cluster, node, out, !out);
      return node.id()
          + (out ? " reaches none of the others" : " is reached by none of the others");
    }
  },

  DISK_FULL {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.nodes().getFirst().disk().isSmall();
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      new Ballast(node.disk()).grow();
      Await.until(() -> node.id() + " says that its disk is full", NOTICE, node::isFull);
      return "the disk of " + node.id() + " full";
    }
  },

  DISK_FAILED {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.nodes().getFirst().shim().works();
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      node.shim().failDisk(true);
      String what = "the disk of " + node.id() + " fails (EIO)";
      if (cluster.minority() == 0) {
        // It goes on with the logs that are not struck; only a new start opens the others again.
        Thread.sleep(HOLD_MILLIS);
        node.kill();
        return what;
      }
      Await.until(
          () -> node.id() + " ends, with its disk failing",
          NOTICE,
          () -> !node.process().isAlive());
      if (node.process().exitCode() == 0) {
        throw new AssertionError(node.id() + " ended with 0, with its disk failing");
      }
      return what + ", it ended with " + node.process().exitCode();
    }
  },

  DISK_WIPED {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.minority() > 0;
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      node.kill();
      node.wipe();
      return node.id() + " killed and its disk wiped";
    }
  },

  FILE_DAMAGED {
    @Override
    boolean fits(Cluster cluster) {
      return cluster.minority() > 0;
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      node.kill();
      String what = new FileDamage(node.process().data(), random).strike();
      node.awaitReady();
      // It is found by whoever reads, and is to be healed before another node is struck.
      new FinalReading(cluster).readAll(node);
      Await.until(
          () -> node.id() + " has healed " + what + ", which says " + node.lastWord(),
          HEALED,
          () -> !node.isDamaged());
      return node.id() + " killed, damaged and healed: " + what;
    }
  },

  CLOCK_OFF {
    @Override
    boolean fits(Cluster cluster) {
      return DISK_FAILED.fits(cluster);
    }

    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      ClusterNode node = either(cluster, random);
      boolean ahead = random.nextBoolean();
      node.shim().setClock(ahead ? THREE_DAYS : THREE_DAYS.negated());
      return "the clock of " + node.id() + " three days " + (ahead ? "ahead" : "behind");
    }
  },

  RESTARTED {
    @Override
    String strike(Cluster cluster, Random random) throws Exception {
      for (ClusterNode node : cluster.nodes()) {
        node.stop();
        node.awaitReady();
      }
      return "each node in turn restarted (SIGTERM)";
    }
  };

  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private static final Duration NOTICE = Duration.ofSeconds(90);
  private static final Duration HEALED = Duration.ofMinutes(2);
  private static final int HOLD_MILLIS = 1000;

  /** Whether it can befall that cluster, here. */
  boolean fits(Cluster cluster) {
    return true;
  }

  /** Befalls a cluster in which all is well, and says what it did. */
  abstract String strike(Cluster cluster, Random random) throws Exception;

  /** Puts right whatever has befallen a cluster, but for nodes that do not run. */
  static void heal(Cluster cluster) throws IOException {
    cluster.network().heal();
    for (ClusterNode node : cluster.nodes()) {
      node.thaw();
      node.shim().failDisk(false);
      node.shim().setClock(Duration.ZERO);
      new Ballast(node.disk()).remove();
    }
  }

  private static ClusterNode either(Cluster cluster, Random random) throws Exception {
    return random.nextBoolean() ? cluster.leader(random) : cluster.follower(random);
  }

  private static void cut(Cluster cluster, ClusterNode node, boolean out, boolean in)
      throws IOException {
    for (ClusterNode other : cluster.nodes()) {
      if (other != node && out) {
        cluster.network().cut(node.number(), other.number());
      }
      if (other != node && in) {
        cluster.network().cut(other.number(), node.number());
      }
    }
  }
}
