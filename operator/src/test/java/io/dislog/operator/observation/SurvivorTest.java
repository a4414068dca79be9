package io.dislog.operator.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.ClusterView;
import io.dislog.api.NodeReport;
import io.dislog.operator.FakeMembers;
import io.dislog.operator.TestClusters;
import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which node begins anew where most lost their data. */
class SurvivorTest {

  private static final int NODES = 5;
  private static final Loss ACCEPTED = new Loss(true, "6f1c", true, null);

  private final DislogCluster cluster = TestClusters.of("here", NODES);
  private final Map<Integer, NodeReport> reports = new HashMap<>();
  private final List<ClusterView> views = new ArrayList<>();

  @Test
  void theOnlyOneThatHasDataIsChosenOnceAllAnswer() {
    lost(0).lost(1).lost(3).has(4, 9);
    assertThat(Survivor.of(seen(), ACCEPTED, marked(null))).isNull();
    lost(2);
    assertThat(Survivor.of(seen(), ACCEPTED, marked(null))).isEqualTo(4);
    assertThat(Survivor.property(cluster, ACCEPTED.with(4))).isEqualTo("demo-4:6f1c");
    assertThat(Survivor.property(cluster, ACCEPTED)).isNull();
  }

  @Test
  void noneIsWhereSeveralHaveData() {
    lost(0).lost(1).lost(2).has(3, 8).has(4, 9);
    assertThat(Survivor.of(seen(), ACCEPTED, marked(null))).isNull();
  }

  @Test
  void noneIsAnyMoreOnceAQuorumIsBack() {
    lost(0).lost(1).has(2, 7).has(3, 8).has(4, 9);
    assertThat(Survivor.of(seen(), ACCEPTED, marked("demo-4:6f1c"))).isNull();
  }

  @Test
  void noneIsBeforeSomebodyGivesTheRestUp() {
    lost(0).lost(1).lost(2).has(3, 8).has(4, 9);
    assertThat(Survivor.of(seen(), new Loss(true, "6f1c", false, null), marked("demo-4:6f1c")))
        .isNull();
  }

  @Test
  void noneIsWhereAQuorumHasData() {
    lost(0).lost(1).has(2, 7).has(3, 8).has(4, 9);
    assertThat(Survivor.of(seen(), ACCEPTED, marked(null))).isNull();
  }

  @Test
  void theOneThatWasChosenStaysItWhileItIsAway() {
    lost(0).lost(1).lost(2).has(3, 8);
    assertThat(Survivor.of(seen(), ACCEPTED, marked("demo-4:6f1c"))).isEqualTo(4);
    assertThat(Survivor.of(seen(), ACCEPTED, marked("demo-4:other"))).isNull();
    lost(4);
    assertThat(Survivor.of(seen(), ACCEPTED, marked("demo-4:6f1c")))
        .as("the only one that is left now")
        .isEqualTo(3);
  }

  private SurvivorTest lost(int node) {
    return says(node, false);
  }

  private SurvivorTest has(int node, long committed) {
    List<String> members = List.of("demo-0", "demo-1", "demo-2", "demo-3", "demo-4");
    views.add(
        new ClusterView(
            "demo-" + node,
            List.of(),
            List.of(new ClusterView.Shard(0, null, 1, members, committed, committed))));
    return says(node, true);
  }

  private SurvivorTest says(int node, boolean formed) {
    reports.put(node, new NodeReport("demo-" + node, "a:1", false, formed, "", "1", null, null));
    return this;
  }

  private Observation seen() {
    return FakeMembers.seen(cluster, reports, views, 1);
  }

  private static StatefulSet marked(@Nullable String mark) {
    return new StatefulSetBuilder()
        .withNewMetadata()
        .withAnnotations(mark == null ? Map.of() : Map.of("dislog.io/begins-anew", mark))
        .endMetadata()
        .withNewSpec()
        .withReplicas(NODES)
        .endSpec()
        .build();
  }
}
