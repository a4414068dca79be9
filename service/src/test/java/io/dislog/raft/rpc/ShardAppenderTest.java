package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import io.dislog.raft.TestCluster;
import io.dislog.raft.TestNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader and its followers, over connections of their own. */
final class ShardAppenderTest {

  private static final int ROUNDS = 200;
  private static final int AT_ONCE = 20;

  /** Each question whether it leads still has the leader send something beside its entries. */
  @Test
  void whoeverWantsToReadFreshlyHoldsUpNoEntries(@TempDir Path directory) throws Exception {
    AtomicInteger agreed = new AtomicInteger();
    try (TestCluster cluster = TestCluster.ofThree(directory)) {
      for (int round = 0; round < ROUNDS; round++) {
        TestNode leader = cluster.leader(0); // On a busy machine, another one by now.
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          asked.add(
              leader
                  .propose(0, round + "-" + i)
                  .handle((done, failure) -> failure == null ? agreed.incrementAndGet() : 0));
          asked.add(freshen(leader));
          asked.add(freshen(cluster.other(leader)));
        }
        for (CompletableFuture<?> each : asked) {
          each.get(1, TimeUnit.MINUTES);
        }
      }
    }
    assertThat(agreed).hasValueGreaterThan(ROUNDS * AT_ONCE / 2);
  }

  private static CompletableFuture<Void> freshen(TestNode node) {
    return node.cluster()
        .freshen(0, Await.PATIENCE)
        .thenAccept(fresh -> assertThat(fresh).isTrue())
        .toCompletableFuture();
  }
}
