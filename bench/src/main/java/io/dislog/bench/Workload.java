package io.dislog.bench;

import io.dislog.bench.load.HttpProtocol;
import io.dislog.bench.load.Load;
import io.dislog.bench.load.Payload;
import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.bench.peer.Contender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Appends to one server, by so many clients.
 *
 * @param requests one a client, as they go over the wire
 */
record Workload(Server server, List<byte[]> requests) {

  /** Records in one batch, beside peers and alone. */
  static final int BATCH_COUNT = Contender.BATCH_COUNT;

  /** Bytes of values that one batch carries. */
  static final int BATCH_BYTES = BATCH_COUNT * Contender.VALUE_BYTES;

  private static final int BATCH_CLIENTS = 16;

  /** Single records, all to one log. */
  static Workload oneLog(Server server, String log, int clients, int valueBytes)
      throws IOException {
    create(server, log);
    return of(server, clients, client -> single(log, valueBytes));
  }

  /** Single records, each client to a log of its own. */
  static Workload ownLogs(Server server, String prefix, int clients, int valueBytes)
      throws IOException {
    for (int client = 0; client < clients; client++) {
      create(server, prefix + client);
    }
    return of(server, clients, client -> single(prefix + client, valueBytes));
  }

  /** Batches of lines of 1 KiB, all to one log. */
  static Workload batches(Server server, String log) throws IOException {
    create(server, log);
    String lines = (Payload.text(Contender.VALUE_BYTES) + "\n").repeat(BATCH_COUNT);
    byte[] body = lines.getBytes(StandardCharsets.US_ASCII);
    byte[] request = HttpProtocol.post(path(log), "application/x-ndjson", "", body);
    return of(server, BATCH_CLIENTS, client -> request);
  }

  /** Requests that nothing is done with. */
  static Workload empty(Server server, int clients, int valueBytes) {
    return of(server, clients, client -> post("/empty", valueBytes));
  }

  static String path(String log) {
    return "/v1/logs/" + log + "/records";
  }

  Run run(Plan plan) throws IOException {
    return run(new Load(plan.warmUp(), plan.run(), Long.MAX_VALUE));
  }

  Run run(Span span) throws IOException {
    return run(new Load(span));
  }

  /** The first client's requests, by so many clients. */
  Workload by(int clients) {
    return new Workload(server, Collections.nCopies(clients, requests.getFirst()));
  }

  /** Lets the server's compiler see so many requests, as far as the plan has time for them. */
  void warmUp(Plan plan, long requests) throws IOException {
    run(new Load(Duration.ZERO, plan.preparation(), requests));
  }

  Run run(Load load) throws IOException {
    Duration before = server.processorTime();
    Run run = load.run(server.address(), new HttpProtocol(), requests);
    return run.with(server.processorTime().minus(before));
  }

  private static Workload of(Server server, int clients, IntFunction<byte[]> request) {
    List<byte[]> requests = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      requests.add(request.apply(client));
    }
    return new Workload(server, requests);
  }

  private static void create(Server server, String log) throws IOException {
    server.call("PUT", "/v1/logs/" + log, "");
  }

  private static byte[] single(String log, int valueBytes) {
    return post(path(log), valueBytes);
  }

  private static byte[] post(String path, int valueBytes) {
    return HttpProtocol.post(path, "application/octet-stream", "", Payload.bytes(valueBytes));
  }
}
