package io.dislog.operator.objects;

import org.jspecify.annotations.Nullable;

/**
 * What the nodes of all clusters have in common. Immutable.
 *
 * @param operator the operator's ServiceAccount as tokens name it, or null where it has none
 * @param domain with which names within Kubernetes end
 */
public record Surroundings(@Nullable String operator, String domain) {

  /** Where nothing else is known. */
  public static final Surroundings USUAL = new Surroundings(null, "cluster.local");
}
