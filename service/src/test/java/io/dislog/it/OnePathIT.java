package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A path means one thing to all that look at it, whichever node it is sent to. */
final class OnePathIT {

  private static final int REQUESTS = 300;

  /** What may be asked any number of times with the same answer. */
  private static final List<String> CALLS =
      List.of(
          "GET /v1/logs",
          "GET /v1/logs/orders",
          "PUT /v1/logs/orders",
          "PATCH /v1/logs/orders",
          "DELETE /v1/logs/nobody",
          "GET /v1/logs/orders/records",
          "POST /v1/logs/orders/records",
          "DELETE /v1/logs/orders/records?before=0",
          "GET /v1/logs/orders/records/0",
          "GET /v1/logs/orders/segments",
          "POST /v1/logs/orders/retention/run",
          "POST /v1/logs/orders/retention/plan",
          "PUT /v1/logs/orders/consumers/billing",
          "GET /v1/logs/orders/consumers/billing",
          "DELETE /v1/logs/orders/consumers/nobody",
          "PATCH /v1/defaults",
          "OPTIONS /v1/logs/orders");

  private static final List<String> PIECES =
      List.of(
          "/",
          "//",
          "/.",
          "/..",
          "/../",
          "/./",
          ";",
          ";a=b",
          "%2F",
          "%2f",
          "%2e",
          "%2E%2e",
          "%5c",
          "%00",
          "%20",
          "%25",
          "%zz",
          "%",
          "%4",
          "%C3%A9",
          "%c0%af",
          "%ff",
          "%ed%a0%80",
          "+",
          "*",
          "~",
          "%7e",
          ":",
          "@",
          "\u00e9",
          "%6c",
          "#",
          "A");

  @RegisterExtension final Services services = new Services();

  @Test
  void leaderFollowerAndLoneNodeAnswerAlike(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    DislogProcess alone = services.in(Files.createDirectory(folder.resolve("alone"))).start();
    try (Cluster cluster = new Cluster(3, folder, "dislog.raft.shards=1").start()) {
      ClusterNode leader = cluster.leader(random);
      ClusterNode follower = cluster.follower(random);
      prepare(alone.api());
      prepare(leader.api().within(Await.PATIENCE));
      for (int i = 0; i < REQUESTS; i++) {
        String call = CALLS.get(random.nextInt(CALLS.size()));
        String line = call.split(" ", 2)[0] + " " + written(call.split(" ", 2)[1], random);
        String said = said(alone.api(), call, line);
        assertThat(said(leader.api(), call, line)).as("seed %d: %s", seed, line).isEqualTo(said);
        assertThat(said(follower.api(), call, line)).as("seed %d: %s", seed, line).isEqualTo(said);
      }
    }
  }

  @Test
  void onlyTheLettersEncodingIsNoDifference(@TempDir Path folder) throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Api api = services.in(folder).start().api();
    prepare(api);
    for (String call : CALLS) {
      for (int i = 0; i < 10; i++) {
        String line = call.split(" ", 2)[0] + " " + encoded(call.split(" ", 2)[1], random);
        assertThat(said(api, call, line))
            .as("seed %d: %s", seed, line)
            .isEqualTo(said(api, call, call));
      }
    }
  }

  private static void prepare(Api api) throws Exception {
    String consumer = "/v1/logs/orders/consumers/billing";
    api.insist(put -> put.put("/v1/logs/orders", "{}"));
    api.insist(append -> append.append("orders", "a record")).is(201);
    api.insist(put -> put.put(consumer, "{\"offset\":0}"));
    api.insist(get -> get.get(consumer)).is(200);
  }

  /**
   * Of a refusal all but its numbers, since the cluster is asked for everything twice; of all else
   * that it is none.
   */
  private static String said(Api api, String call, String line) throws Exception {
    Answer answer = api.insist(node -> answer(node, call, line));
    String refusal = answer.text().replaceAll("[0-9]+", "N");
    return answer.status() < 400
        ? "done"
        : "%d, allowed %s: %s".formatted(answer.status(), answer.header("Allow"), refusal);
  }

  private static Answer answer(Api api, String call, String line) throws IOException {
    try (RawConnection connection = api.connect()) {
      String body = call.contains("consumers") ? "{\"offset\":0}" : "{}";
      connection.send(
          "%s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(line, body.length(), body));
      return connection.answer();
    }
  }

  /** A path with some of its letters encoded and, mostly, with something more in it. */
  private static String written(String path, Random random) {
    StringBuilder written = new StringBuilder(encoded(path, random));
    for (int i = random.nextInt(3); i > 0; i--) {
      int at = random.nextInt(written.length() + 1);
      written.insert(at, PIECES.get(random.nextInt(PIECES.size())));
    }
    return switch (random.nextInt(10)) {
      case 0 -> "http://elsewhere" + written;
      case 1 -> written.toString().toUpperCase(Locale.ROOT);
      default -> written.toString();
    };
  }

  private static String encoded(String path, Random random) {
    int query = path.indexOf('?') < 0 ? path.length() : path.indexOf('?');
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < query; i++) {
      char c = path.charAt(i);
      String escape = random.nextBoolean() ? "%%%02x" : "%%%02X";
      letters.append(
          c == '/' || random.nextInt(8) > 0 ? String.valueOf(c) : escape.formatted((int) c));
    }
    return letters.append(path.substring(query)).toString();
  }
}
