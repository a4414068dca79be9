package io.dislog.operator;

import io.smallrye.config.ConfigMapping;

/** What this operator was released with. Immutable. */
@ConfigMapping(prefix = "dislog.operator")
public interface Release {

  /** The image of nodes whose cluster names none. */
  String image();
}
