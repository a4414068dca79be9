package io.dislog.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The service as it is by default, with a data directory of its own and free ports. */
public class DefaultProfile implements QuarkusTestProfile {

  static final Map<String, String> FREE_PORTS =
      Map.of("quarkus.http.test-port", "0", "quarkus.management.test-port", "0");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(FREE_PORTS);
    settings.put("dislog.data-dir", newDirectory());
    return settings;
  }

  /** One that is there until the next clean build: the service lives until the tests' JVM ends. */
  static String newDirectory() {
    try {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "data").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
