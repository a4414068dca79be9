package io.dislog.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.command.OffsetSpec;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import java.nio.ByteBuffer;

/** A consumer's position as its body has it: an offset, or the name of one of the log's ends. */
final class PositionJson {

  private PositionJson() {}

  static OffsetSpec read(ByteBuffer body) {
    JsonNode offset = Json.object(body, ProblemType.BAD_REQUEST).path("offset");
    if (offset.isTextual() && offset.textValue().equals("earliest")) {
      return new OffsetSpec.Earliest();
    }
    if (offset.isTextual() && offset.textValue().equals("latest")) {
      return new OffsetSpec.Latest();
    }
    if (offset.isIntegralNumber() && offset.canConvertToLong() && offset.longValue() >= 0) {
      return new OffsetSpec.At(offset.longValue());
    }
    throw ProblemException.badRequest(
        "'offset' must be a number from 0, \"earliest\" or \"latest\"");
  }
}
