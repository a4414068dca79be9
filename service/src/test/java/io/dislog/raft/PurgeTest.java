package io.dislog.raft;

import static io.dislog.shard.TestDefaults.DEFAULTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the raft log has that all logs have is deleted, whatever one of the logs is like. */
final class PurgeTest {

  private static final int VALUE_BYTES = 1 << 20;

  @TempDir Path directory;
  private final Member self = new Member("n0", "127.0.0.1", FreePort.next(), FreePort.next());
  private RaftNode node;

  @BeforeEach
  void start() throws IOException {
    Node.Setup setup = new Node.Setup(directory, DEFAULTS, 0, Duration.ofHours(1));
    RaftConfig config = new RaftConfig("n0", List.of(self), self.raftPort(), 1);
    node = new RaftNode(setup, config, new LocalDisk(), CommitListener.NONE);
    Await.until(() -> "it leads: " + node.health().why(), () -> node.health().ready());
  }

  @AfterEach
  void stop() throws IOException {
    node.close();
    TestNode.awaitRatis();
  }

  @Test
  void theRaftLogIsCutThoughALogIsDamaged() throws IOException {
    for (String log : List.of("hurt", "well")) {
      Await.until(log + " is there", () -> create(log));
      append(log);
    }
    stop();
    for (String journal : List.of("state-0.journal", "state-1.journal")) {
      Files.write(directory.resolve("shards/0/logs/hurt").resolve(journal), new byte[8192]);
    }
    start();
    assertThatThrownBy(() -> commit().log("hurt")).isInstanceOf(Rejection.LogUnavailable.class);
    assertThat(hasFirstEntry()).as("what is to be deleted").isTrue();

    for (int i = 0; i < TestCluster.LARGE_ENTRIES; i++) {
      append("well");
    }

    Await.until("its begin is gone", () -> !hasFirstEntry());
    assertThat(commit().log("well").extent().records()).isEqualTo(TestCluster.LARGE_ENTRIES + 1L);
    assertThat(node.health().why()).contains("hurt");
  }

  private boolean create(String log) {
    try {
      // Says false where it was made before, and the answer came too late.
      var _ = commit().create(log, Creation.ANY).toCompletableFuture().get(10, TimeUnit.SECONDS);
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  private void append(String log) {
    Record record = Record.of(new byte[VALUE_BYTES]);
    Command.Append append = new Command.Append(List.of(record), null, null, VALUE_BYTES);
    var _ = commit().submit(commit().log(log), append).toCompletableFuture().join();
  }

  private Commit commit() {
    return node.commit();
  }

  private boolean hasFirstEntry() {
    try (Stream<Path> files = Files.walk(directory.resolve("raft"))) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.startsWith("log_0-") || name.equals("log_inprogress_0"));
    } catch (IOException | UncheckedIOException e) {
      return true; // One went meanwhile.
    }
  }
}
