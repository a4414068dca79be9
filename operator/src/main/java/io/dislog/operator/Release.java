package io.dislog.operator;

import io.dislog.operator.objects.Surroundings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What this operator was released with, and which one it is. Immutable. */
@ConfigMapping(prefix = "dislog.operator")
public interface Release {

  /** The image of nodes whose cluster names none. */
  String image();

  /** Which of several that wait for each other this operator is: its pod's name. */
  @WithDefault("dislog-operator")
  String instance();

  /** With which names within Kubernetes end. */
  default String clusterDomain() {
    return Surroundings.USUAL.domain();
  }
}
