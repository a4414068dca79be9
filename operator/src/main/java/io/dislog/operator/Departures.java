package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/**
 * Hears of clusters that are deleted, which nobody reconciles any more: what is known of them has
 * to be forgotten even where no other cluster is left. Used by many threads.
 */
final class Departures extends AbstractEventSource<Void, DislogCluster>
    implements ResourceEventAware<DislogCluster> {

  private final Runnable forget;

  /**
   * @param forget all clusters but those that are there
   */
  Departures(Runnable forget) {
    super(Void.class, "departures");
    this.forget = forget;
  }

  @Override
  public void onResourceDeleted(DislogCluster cluster) {
    forget.run();
  }

  @Override
  public Set<Void> getSecondaryResources(DislogCluster cluster) {
    return Set.of();
  }
}
