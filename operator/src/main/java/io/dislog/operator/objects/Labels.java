package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** By which labels objects are found and told apart. Stateless. */
public final class Labels {

  /** Selects all that this operator makes. */
  static final String OURS = "app.kubernetes.io/managed-by=dislog-operator";

  /** Selects pods and claims of all clusters, which are made by Kubernetes. */
  public static final String OF_NODES = "app.kubernetes.io/name=dislog";

  private static final String NAME = "app.kubernetes.io/name";
  private static final String INSTANCE = "app.kubernetes.io/instance";

  private Labels() {}

  /** What tells a cluster's pods and claims from all others. Part of what can't be changed. */
  static Map<String, String> selecting(DislogCluster cluster) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(NAME, "dislog");
    labels.put(INSTANCE, Names.of(cluster));
    return labels;
  }

  /** What every object of a cluster bears. */
  static Map<String, String> of(DislogCluster cluster) {
    Map<String, String> labels = selecting(cluster);
    labels.put("app.kubernetes.io/component", "node");
    labels.put("app.kubernetes.io/part-of", "dislog");
    labels.put("app.kubernetes.io/managed-by", "dislog-operator");
    return labels;
  }

  /** The selector of a cluster's pods, as text. */
  public static String selector(DislogCluster cluster) {
    return selecting(cluster).entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  /** The name of the cluster that a pod or claim is of, as far as its labels say. */
  public static String clusterOf(Map<String, String> labels) {
    return labels.getOrDefault(INSTANCE, "");
  }
}
