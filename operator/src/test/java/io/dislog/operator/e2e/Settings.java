package io.dislog.operator.e2e;

import java.nio.file.Path;

/**
 * What {@code ./dislog e2e} was told.
 *
 * @param project the project's folder
 * @param image of the nodes
 * @param operatorImage of the operator
 * @param shellImage of the demo job
 */
record Settings(Path project, String image, String operatorImage, String shellImage) {

  static Settings given() {
    return new Settings(
        Path.of("..").toAbsolutePath().normalize(),
        System.getProperty("e2e.image", "localhost/dislog:1"),
        System.getProperty("e2e.operator-image", "localhost/dislog-operator:1"),
        System.getProperty("e2e.shell-image", "localhost/busybox:1"));
  }
}
