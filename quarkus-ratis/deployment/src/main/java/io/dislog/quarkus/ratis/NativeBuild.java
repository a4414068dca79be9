package io.dislog.quarkus.ratis;

import io.quarkus.deployment.pkg.NativeConfig;
import java.util.function.BooleanSupplier;

/** Whether a native executable is built, or what one is compiled from. Immutable. */
final class NativeBuild implements BooleanSupplier {

  private final NativeConfig config;

  NativeBuild(NativeConfig config) {
    this.config = config;
  }

  @Override
  public boolean getAsBoolean() {
    return config.enabled();
  }
}
