package io.dislog.operator.objects;

import io.dislog.operator.crd.DislogCluster;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cluster's objects are called. Stateless. */
public final class Names {

  /** The container of a node's pod. */
  public static final String CONTAINER = "dislog";

  /** The claim template's name. */
  static final String DATA = "data";

  private static final Pattern ORDINAL = Pattern.compile("0|[1-9]\\d{0,3}");

  private Names() {}

  /** What nearly everything of a cluster is called: as the cluster. */
  public static String of(DislogCluster cluster) {
    return cluster.getMetadata().getName();
  }

  /** The headless Service, and so the domain of the pods' names. */
  static String nodes(DislogCluster cluster) {
    return of(cluster) + "-nodes";
  }

  /** A node's id, and its pod's name. */
  public static String node(DislogCluster cluster, int ordinal) {
    return of(cluster) + "-" + ordinal;
  }

  /** What a node's claim is called. */
  public static String claim(DislogCluster cluster, int ordinal) {
    return "%s-%s".formatted(DATA, node(cluster, ordinal));
  }

  /** Where a node is reached, the same as long as the cluster exists. */
  public static String host(DislogCluster cluster, int ordinal) {
    return "%s.%s.%s.svc"
        .formatted(node(cluster, ordinal), nodes(cluster), cluster.getMetadata().getNamespace());
  }

  /** A node as the service has it: {@code host:raftPort:httpPort}. */
  public static String address(DislogCluster cluster, int ordinal) {
    return "%s:%d:%d".formatted(host(cluster, ordinal), Ports.RAFT, Ports.HTTP);
  }

  /** Where the API is served, within Kubernetes. */
  public static String endpoint(DislogCluster cluster) {
    return "http://%s.%s.svc:%d"
        .formatted(of(cluster), cluster.getMetadata().getNamespace(), Ports.HTTP);
  }

  /** The ordinal of a node or of its pod, empty where the name is of none. */
  public static OptionalInt ordinalOfNode(DislogCluster cluster, String name) {
    return ordinal(of(cluster) + "-", name);
  }

  /** The ordinal of the node that a claim is for, empty where it is for none. */
  public static OptionalInt ordinalOfClaim(DislogCluster cluster, String name) {
    return ordinal(DATA + "-" + of(cluster) + "-", name);
  }

  private static OptionalInt ordinal(String prefix, String name) {
    if (!name.startsWith(prefix)) {
      return OptionalInt.empty();
    }
    Matcher digits = ORDINAL.matcher(name.substring(prefix.length()));
    return digits.matches()
        ? OptionalInt.of(Integer.parseInt(digits.group()))
        : OptionalInt.empty();
  }
}
