package io.dislog.raft;

import static io.dislog.shard.TestDefaults.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogTraits;
import io.dislog.commit.Commit;
import io.dislog.commit.CommitListener;
import io.dislog.commit.Member;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.disk.LocalDisk;
import io.dislog.kit.Await;
import io.dislog.kit.FreePort;
import io.dislog.log.Record;
import io.dislog.raft.node.RaftNode;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks in other shards than their source's, of which several are asked for at once. */
final class ForkCopyTest {

  private static final int RECORDS = 5000;
  private static final int SHARDS = 4;

  @TempDir Path directory;
  private final Member self = new Member("n0", "127.0.0.1", FreePort.next(), FreePort.next());
  private RaftNode node;

  @BeforeEach
  void start() throws IOException {
    Node.Setup setup = new Node.Setup(directory, DEFAULTS, 0, Duration.ofHours(1));
    RaftConfig config = new RaftConfig("n0", List.of(self), self.raftPort(), SHARDS);
    node = new RaftNode(setup, config, new LocalDisk(), CommitListener.NONE);
    Await.until(() -> "it leads: " + node.health().why(), () -> node.health().ready());
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    TestNode.awaitRatis();
  }

  @Test
  void whoeverAsksOnceMoreWhileAForkIsFilledIsAnsweredAsTheFirst() throws Exception {
    Await.until("the source is there", this::createSource);
    LogView source = commit().log("source");
    for (int fork = 0; fork < 2 * SHARDS; fork++) {
      String name = "fork-" + fork;
      List<CompletableFuture<Boolean>> answers = new ArrayList<>();
      for (int client = 0; client < 3; client++) {
        answers.add(fork(source, name));
      }
      List<Boolean> created = new ArrayList<>();
      for (CompletableFuture<Boolean> answer : answers) {
        created.add(answer.get(60, TimeUnit.SECONDS));
      }
      assertThat(created).as(name).containsOnlyOnce(true).hasSize(3);
      assertThat(commit().log(name).extent().endOffset()).isEqualTo(RECORDS);
      assertThat(commit().log(name).read(RECORDS - 1)).isEqualTo(source.read(RECORDS - 1));
      assertThat(commit().log(name).life().staged()).isFalse();
    }
  }

  private boolean createSource() {
    try {
      var _ =
          commit().create("source", Creation.ANY).toCompletableFuture().get(10, TimeUnit.SECONDS);
      for (int batch = 0; batch < RECORDS / 100; batch++) {
        int from = 100 * batch;
        List<Record> records =
            IntStream.range(from, from + 100)
                .mapToObj(i -> Record.of(("record " + i).getBytes(StandardCharsets.UTF_8)))
                .toList();
        Command.Append append = new Command.Append(records, null, null, 1000);
        var _ = commit().submit(commit().log("source"), append).toCompletableFuture().join();
      }
      return commit().log("source").extent().endOffset() == RECORDS;
    } catch (Exception e) {
      return false;
    }
  }

  private CompletableFuture<Boolean> fork(LogView source, String name) {
    ForkPoint point = new ForkPoint("source", source.id(), RECORDS, 0);
    Creation creation = new Creation(null, LogTraits.NONE.forkedAt(point), null, List.of());
    return commit().fork(source, name, creation).toCompletableFuture();
  }

  private Commit commit() {
    return node.commit();
  }
}
