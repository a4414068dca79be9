package io.dislog.operator.e2e;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ./dislog e2e} was told.
 *
 * @param project the project's folder
 * @param image of the nodes
 * @param operatorImage of the operator
 * @param curlImage of the demo, with a shell and curl
 * @param auditLog of the API server, of the operator's requests; null where there is none
 */
record Settings(
    Path project, String image, String operatorImage, String curlImage, @Nullable Path auditLog) {

  static Settings given() {
    String auditLog = System.getProperty("e2e.audit-log");
    return new Settings(
        Path.of("..").toAbsolutePath().normalize(),
        System.getProperty("e2e.image", "localhost/dislog:1"),
        System.getProperty("e2e.operator-image", "localhost/dislog-operator:1"),
        System.getProperty("e2e.curl-image", "curlimages/curl:8.11.1"),
        auditLog == null ? null : Path.of(auditLog));
  }
}
