package io.dislog.operator.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dislog.api.ClusterView;
import io.dislog.operator.crd.LogStatus;
import io.dislog.operator.process.NodeProcesses;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes are added and taken out by any of them, and say how they are. */
final class MembershipIT {

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration CHANGE = Duration.ofSeconds(60);
  private static final int SHARDS = 2;

  @TempDir Path folder;

  private NodeProcesses processes;
  private Nodes nodes;

  @BeforeEach
  void begin() {
    processes = new NodeProcesses("demo", folder, "dislog.raft.shards=" + SHARDS);
    nodes = Clusters.nodes(processes);
  }

  @AfterEach
  void end() {
    nodes.close();
    processes.close();
  }

  @Test
  void oneNodeBecomesThreeAndOneAgainWithAllThatItHad() throws Exception {
    processes.start(0, 1);
    awaitReady(0);
    assertThat(node(0).report().formed()).isTrue();
    insist(() -> node(0).createLog("orders", new JsonMapper().createObjectNode()));
    new Producer(processes, 0).append("orders", "first");

    for (int ordinal = 1; ordinal <= 2; ordinal++) {
      processes.start(ordinal, 1);
      NodeClient added = node(ordinal);
      Await.until(START, processes::said, () -> !added.report().why().isEmpty());
      assertThat(added.report().formed()).isFalse();
      assertThat(added.cluster().nodes()).isEmpty();
      assertThat(added(0, ordinal).member("demo-" + ordinal)).isPresent();
      awaitReady(ordinal);
      assertThat(added.report().formed()).isTrue();
    }
    Await.until(
        START,
        processes::said,
        () ->
            node(2).cluster().isLed()
                && node(2).cluster().shards().size() == SHARDS
                && node(2).cluster().shards().stream()
                    .allMatch(
                        shard -> shard.replicas().equals(List.of("demo-0", "demo-1", "demo-2"))));
    assertThat(new Producer(processes, 2).read("orders", 0)).isEqualTo("first");
    // To say it again changes nothing.
    assertThat(added(1, 2).nodes()).hasSize(3);
    Await.until(
        START,
        processes::said,
        () ->
            node(1).lead(0, "demo-2").leader() != null
                && "demo-2".equals(node(2).cluster().shards().getFirst().leader()));

    new Producer(processes, 1).append("orders", "second");
    insist(() -> node(1).remove("demo-0", CHANGE));
    insist(() -> node(1).remove("demo-2", CHANGE));
    insist(() -> node(1).remove("demo-2", CHANGE));
    Await.until(
        START,
        processes::said,
        () ->
            node(1).cluster().isLed()
                && node(1).cluster().nodes().stream()
                    .map(ClusterView.Member::id)
                    .toList()
                    .equals(List.of("demo-1")));
    assertThat(new Producer(processes, 1).read("orders", 1)).isEqualTo("second");
    assertThat(node(1).logs()).extracting(LogStatus::endOffset).containsExactly(2L);
    Await.until(
        START, processes::said, () -> node(0).report().why().contains("removed from its cluster"));
    NodeException.Refused refused =
        catchThrowableOfType(NodeException.Refused.class, () -> node(1).remove("demo-1", CHANGE));
    assertThat(refused.isRetryable()).isFalse();
  }

  @Test
  void aMemberThatLostItsVolumeSaysSoAndIsAddedAnew() throws Exception {
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      processes.start(ordinal, 3);
    }
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      awaitReady(ordinal);
    }
    processes.kill(1); // So that nobody can add the other one before it was looked at.
    processes.kill(2);
    processes.wipe(2);
    processes.start(2, 3);
    Await.until(START, processes::said, () -> !node(2).report().why().isEmpty());
    assertThat(node(2).report().ready()).isFalse();
    assertThat(node(2).report().formed()).isFalse();
    assertThat(node(0).cluster().member("demo-2")).isPresent();
    processes.start(1, 3);
    // It asks by itself, too, and who asks second may wait until that is over.
    Await.until(
        START,
        processes::said,
        () ->
            node(0).add("demo-2", processes.address(2), true, CHANGE).member("demo-2").isPresent());
    awaitReady(2);
    assertThat(node(2).report().formed()).isTrue();
  }

  /** A node that has another one be a member. */
  private ClusterView added(int by, int ordinal) throws Exception {
    AtomicReference<@Nullable ClusterView> view = new AtomicReference<>();
    insist(
        () -> view.set(node(by).add("demo-" + ordinal, processes.address(ordinal), false, CHANGE)));
    return requireNonNull(view.get());
  }

  /** Asks again where a shard has no leader just then. */
  private void insist(Request request) throws Exception {
    Await.until(
        START,
        processes::said,
        () -> {
          request.send();
          return true;
        });
  }

  /** What does no harm when it is done twice. */
  private interface Request {
    void send() throws NodeException;
  }

  private NodeClient node(int ordinal) {
    return nodes.of(Clusters.named("demo"), ordinal);
  }

  private void awaitReady(int ordinal) throws Exception {
    Await.until(START, processes::said, () -> node(ordinal).report().ready());
  }
}
