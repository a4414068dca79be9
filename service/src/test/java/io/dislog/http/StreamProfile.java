package io.dislog.http;

import java.util.HashMap;
import java.util.Map;

/** The service with live reads of streams that end soon. */
public class StreamProfile extends DefaultProfile {

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    settings.put("dislog.stream.long-poll-timeout", "2s");
    settings.put("dislog.stream.sse-lifetime", "3s");
    return settings;
  }
}
