package io.dislog.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.shard.Position;
import java.nio.ByteBuffer;

/** A consumer's position as its body has it: an offset, or the name of one of the log's ends. */
final class PositionJson {

  private PositionJson() {}

  static Position read(ByteBuffer body) {
    JsonNode offset = Json.object(body, ProblemType.BAD_REQUEST).path("offset");
    if (offset.isTextual() && offset.textValue().equals("earliest")) {
      return new Position.Earliest();
    }
    if (offset.isTextual() && offset.textValue().equals("latest")) {
      return new Position.Latest();
    }
    if (offset.isIntegralNumber() && offset.canConvertToLong() && offset.longValue() >= 0) {
      return new Position.At(offset.longValue());
    }
    throw Refused.badRequest("'offset' must be a number from 0, \"earliest\" or \"latest\"");
  }
}
