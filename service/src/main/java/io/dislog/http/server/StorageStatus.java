package io.dislog.http.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.commit.StorageWatch;
import io.dislog.commit.StorageWatch.State;
import io.dislog.shard.Storage;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How full a node's volume is, as it says so. */
public record StorageStatus(Storage storage, State state) {

  public static StorageStatus of(StorageWatch watch) {
    return new StorageStatus(watch.storage(), watch.state());
  }

  /** Reads what {@link #write} wrote; null where a node tells nothing of it, or less. */
  public static @Nullable StorageStatus parse(JsonNode json) {
    for (State state : State.values()) {
      if (text(state).equals(json.path("state").textValue())) {
        long capacity = json.path("capacityBytes").longValue();
        return new StorageStatus(
            new Storage(
                capacity,
                capacity - json.path("usedBytes").longValue(),
                json.path("reserveBytes").longValue()),
            state);
      }
    }
    return null;
  }

  public void write(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("storage");
    json.writeNumberField("capacityBytes", storage.capacityBytes());
    json.writeNumberField("usedBytes", storage.usedBytes());
    json.writeNumberField("reserveBytes", storage.reserveBytes());
    json.writeStringField("state", text(state));
    json.writeEndObject();
  }

  /** A state as clients have it. */
  public static String text(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
