package io.dislog.raft.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Has a node that starts call itself ready only once it shows what was agreed on before: whoever
 * restarts one node after the other waits for that, and so never takes away the last one that could
 * lead at once. It waits for a leader of each shard, too: through a node that is ready, logs of all
 * shards can be created. Stateless.
 */
public final class CatchUp {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private CatchUp() {}

  /**
   * Waits until this node shows of each shard what was agreed on when this was called, or later.
   *
   * @param behind is told the shards that are still waited for
   */
  public static void await(List<ShardGroup> groups, Consumer<List<Integer>> behind)
      throws InterruptedException {
    List<ShardGroup> waiting = groups;
    while (true) {
      waiting = behind(waiting);
      if (waiting.isEmpty()) {
        return;
      }
      behind.accept(waiting.stream().map(ShardGroup::shard).toList());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static List<ShardGroup> behind(List<ShardGroup> groups) {
    List<CompletableFuture<Boolean>> fresh =
        groups.stream()
            .map(group -> group.freshen(LOOK))
            .map(CompletionStage::toCompletableFuture)
            .toList();
    List<ShardGroup> behind = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      if (!fresh.get(i).join()) {
        behind.add(groups.get(i));
      }
    }
    return behind;
  }
}
