package io.dislog.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** The service with small limits, and with logs that are created by appending to them. */
public class SmallProfile implements QuarkusTestProfile {

  static final int MAX_BYTES = 100_000;
  static final int MAX_IN_FLIGHT_BYTES = 150_000;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(DefaultProfile.FREE_PORTS);
    settings.put("dislog.data-dir", DefaultProfile.newDirectory());
    settings.put("dislog.logs.auto-create", "true");
    settings.put("dislog.append.max-bytes", Integer.toString(MAX_BYTES));
    settings.put("dislog.append.max-in-flight-bytes", Integer.toString(MAX_IN_FLIGHT_BYTES));
    settings.put("dislog.producers.max-per-log", "2");
    return settings;
  }
}
