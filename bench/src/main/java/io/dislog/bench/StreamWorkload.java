package io.dislog.bench;

import io.dislog.bench.load.HttpProtocol;
import io.dislog.bench.load.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Appends to Durable Streams of JSON. */
final class StreamWorkload {

  private static final int BATCH_COUNT = 100;
  private static final int BATCH_CLIENTS = 4;
  private static final int BATCH_VALUE_BYTES = 1 << 10;
  private static final String VALUE = "{\"text\":\"%s\"}";

  /** Bytes of a batch, as it is sent. */
  static final int BATCH_BYTES = BATCH_COUNT * (BATCH_VALUE_BYTES + 1) + 1;

  private StreamWorkload() {}

  /** Single values, all to one stream. */
  static Workload one(Server server, String stream, int clients, int valueBytes)
      throws IOException {
    create(server, stream);
    return new Workload(server, Collections.nCopies(clients, append(stream, value(valueBytes))));
  }

  /** Single values, each client to a stream of its own. */
  static Workload own(Server server, String prefix, int clients, int valueBytes)
      throws IOException {
    List<byte[]> requests = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      create(server, prefix + client);
      requests.add(append(prefix + client, value(valueBytes)));
    }
    return new Workload(server, requests);
  }

  /** Batches of values of 1 KiB, all to one stream. */
  static Workload batches(Server server, String stream) throws IOException {
    create(server, stream);
    String batch = String.join(",", Collections.nCopies(BATCH_COUNT, value(BATCH_VALUE_BYTES)));
    byte[] request = append(stream, "[" + batch + "]");
    return new Workload(server, Collections.nCopies(BATCH_CLIENTS, request));
  }

  static void create(Server server, String stream) throws IOException {
    server.call("PUT", path(stream), "");
  }

  static String path(String stream) {
    return "/v1/stream/" + stream;
  }

  private static byte[] append(String stream, String json) {
    byte[] body = json.getBytes(StandardCharsets.US_ASCII);
    return HttpProtocol.post(path(stream), "application/json", "", body);
  }

  private static String value(int bytes) {
    int textBytes = bytes - VALUE.formatted("").length();
    return VALUE.formatted(Payload.text(textBytes));
  }
}
