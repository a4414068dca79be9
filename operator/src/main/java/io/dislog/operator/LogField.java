package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import org.jboss.logging.MDC;

/**
 * Has all that a thread logs, until this is closed, bear of which cluster it is: the field {@code
 * cluster}, as {@code namespace/name}.
 */
final class LogField implements AutoCloseable {

  private static final String CLUSTER = "cluster";

  private LogField() {}

  static LogField of(DislogCluster cluster) {
    MDC.put(CLUSTER, cluster.getMetadata().getNamespace() + "/" + cluster.getMetadata().getName());
    return new LogField();
  }

  @Override
  public void close() {
    MDC.remove(CLUSTER);
  }
}
