package io.dislog.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.history.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What a stream has, and how its readers get that. */
enum StreamType {
  BYTES("application/octet-stream", 1) {
    @Override
    List<String> idsOfEvent(String data) {
      return Value.idsOf(Base64.getDecoder().decode(data));
    }
  },

  TEXT("text/plain", 1) {
    @Override
    List<String> idsOfEvent(String data) {
      return Value.idsOf(data.getBytes(UTF_8));
    }
  },

  JSON("application/json", 5) {
    @Override
    byte[] body(List<String> values) {
      String all = values.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
      return (values.size() == 1 ? all : "[" + all + "]").getBytes(US_ASCII);
    }

    @Override
    List<String> ids(byte[] body) {
      List<String> ids = new ArrayList<>();
      for (JsonNode message : read(body)) {
        ids.add(Value.idOf(message.asText().getBytes(UTF_8)));
      }
      return ids;
    }

    @Override
    List<String> idsOfEvent(String data) {
      return ids(data.getBytes(UTF_8));
    }
  };

  private static final ObjectMapper READER = new ObjectMapper();
  private static final int MAX_FILLING = 400;

  private final String mediaType;
  private final int maxRecords;

  StreamType(String mediaType, int maxRecords) {
    this.mediaType = mediaType;
    this.maxRecords = maxRecords;
  }

  String mediaType() {
    return mediaType;
  }

  /** Records of a client, as one request appends them. */
  Payload payload(String client, long firstNumber, Random random) {
    List<String> ids = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int left = 1 + random.nextInt(maxRecords); left > 0; left--) {
      String id = Value.id(client, firstNumber + ids.size());
      ids.add(id);
      values.add(new String(Value.bytes(id, random.nextInt(MAX_FILLING)), US_ASCII));
    }
    return new Payload(mediaType, body(values), ids);
  }

  byte[] body(List<String> values) {
    return values.getFirst().getBytes(US_ASCII);
  }

  /** The records in an answer's body. */
  List<String> ids(byte[] body) {
    return Value.idsOf(body);
  }

  /** The records in an event's data. */
  abstract List<String> idsOfEvent(String data);

  private static JsonNode read(byte[] json) {
    try {
      return READER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(new String(json, UTF_8), e);
    }
  }
}
