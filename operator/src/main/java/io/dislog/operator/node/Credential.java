package io.dislog.operator.node;

import io.dislog.operator.crd.DislogCluster;
import org.jspecify.annotations.Nullable;

/** How the operator shows nodes that it is the operator. Safe for use by many threads. */
public interface Credential {

  /** Of an operator that has nothing to show. */
  Credential NONE =
      new Credential() {
        @Override
        public @Nullable String account() {
          return null;
        }

        @Override
        public @Nullable String token(DislogCluster cluster) {
          return null;
        }
      };

  /** The operator's ServiceAccount as tokens name it; null where it has none. */
  @Nullable String account();

  /** A token for the nodes of a cluster; null where there is none. */
  @Nullable String token(DislogCluster cluster);
}
