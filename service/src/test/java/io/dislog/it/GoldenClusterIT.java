package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data directories of three nodes that replicate to each other, as format version 1 has them,
 * are read together and gone on with.
 *
 * <p>One node after the other had lost its data, 120 MB had gone through the raft logs before, and
 * so each of them has state that it fetched and a raft log that begins behind it. Then records were
 * appended, and all three were killed at once.
 */
final class GoldenClusterIT {

  /** They stand in the directories: a member is known by its address. */
  private static final int RAFT_PORTS = 9740;

  private static final int HTTP_PORTS = 9750;

  private static final String ORDERS = "/v1/logs/orders";
  private static final String[] LAST_REQUEST = {
    "Producer-Id", "till-7", "Producer-Epoch", "2", "Producer-Seq", "1"
  };

  @RegisterExtension final Services services = new Services();
  @TempDir Path folder;
  private final List<DislogProcess> nodes = new ArrayList<>();

  @BeforeEach
  void startOnCopies() throws Exception {
    for (int number = 1; number <= 3; number++) {
      Path own = Files.createDirectory(folder.resolve("n" + number));
      Golden.copy("v1-cluster/n" + number, own.resolve("data"));
      nodes.add(
          services
              .in(own)
              .with("dislog.replication", "raft")
              .with("dislog.raft.node-id", "n" + number)
              .with("dislog.raft.peers", peers())
              .with("dislog.raft.shards", "2")
              .with("dislog.raft.port", Integer.toString(RAFT_PORTS + number))
              .with("quarkus.http.port", Integer.toString(HTTP_PORTS + number))
              // The records are older than they are kept, some day.
              .with("dislog.retention.interval", "1d")
              .jvm("-Xmx400m"));
    }
    startAll();
  }

  @Test
  void eachMemberHasWhatTheyHad() throws Exception {
    for (DislogProcess node : nodes) {
      JsonNode orders = node.api().describe("orders");
      assertThat(orders.path("earliestOffset").intValue()).isEqualTo(6);
      assertThat(orders.path("endOffset").intValue()).isEqualTo(13);
      assertThat(orders.at("/config/segment/maxBytes").intValue()).isEqualTo(4096);
      assertThat(orders.at("/config/retention/maxBytes").intValue()).isEqualTo(1 << 30);
      JsonNode records =
          node.api().get(ORDERS + "/records?offset=6").is(200).json().path("records");
      assertThat(records.findValuesAsText("key"))
          .containsExactly("key-6", "key-7", "key-8", "key-9");
      assertThat(records.at("/0/timestamp").textValue()).isEqualTo("2026-11-27T02:57:56.484Z");
      assertThat(records.at("/0/value").textValue()).startsWith("order 6 xxx").hasSize(908);
      assertThat(records.at("/4/value").textValue()).isEqualTo("by a producer: 0");
      assertThat(records.at("/6/value").textValue()).isEqualTo("after the third came back");
      assertThat(values(node, "views")).isEqualTo(numbered("view %d", 21));
      assertThat(values(node, "clicks")).isEqualTo(numbered("{\"click\":%d}", 30));
      JsonNode consumer = node.api().get(ORDERS + "/consumers/billing").is(200).json();
      assertThat(consumer.path("offset").intValue()).isEqualTo(7);
    }
  }

  @Test
  void theyGoOn() throws Exception {
    byte[] last = "by a producer: 1".getBytes(UTF_8);
    Answer repeat =
        api(3).insist(api -> api.append("orders", "text/plain", last, LAST_REQUEST)).is(200);
    assertThat(repeat.json().path("baseOffset").intValue()).isEqualTo(11);
    for (int number = 1; number <= 3; number++) {
      assertThat(appendMore(number, "orders")).isEqualTo(12 + number);
      assertThat(appendMore(number, "views")).isEqualTo(20 + number);
    }

    for (DislogProcess node : nodes) {
      node.kill();
    }
    startAll();

    for (DislogProcess node : nodes) {
      assertThat(node.api().describe("orders").path("endOffset").intValue()).isEqualTo(16);
      assertThat(node.api().get(ORDERS + "/records/15").is(200).text()).isEqualTo("more");
      assertThat(node.api().get("/v1/logs/views/records/23").is(200).text()).isEqualTo("more");
    }
  }

  private void startAll() throws Exception {
    for (DislogProcess node : nodes) {
      node.launch(); // All of them, for none is ready without another.
    }
    for (DislogProcess node : nodes) {
      node.awaitReady();
    }
  }

  /** Numbered, so that it can be sent again where its leader went away before it answered. */
  private int appendMore(int number, String log) throws Exception {
    byte[] more = "more".getBytes(UTF_8);
    String[] request = {
      "Producer-Id", "more-" + number, "Producer-Epoch", "0", "Producer-Seq", "0"
    };
    Answer answer = api(number).insist(api -> api.append(log, "text/plain", more, request));
    assertThat(answer.status()).as(answer::text).isIn(200, 201);
    return answer.json().path("baseOffset").intValue();
  }

  private Api api(int number) {
    return nodes.get(number - 1).api();
  }

  /** All that a log has, from its first record on; JSON as it was sent. */
  private static List<String> values(DislogProcess node, String log) throws Exception {
    JsonNode answer =
        node.api().get("/v1/logs/%s/records?offset=0&limit=1000".formatted(log)).is(200).json();
    List<String> values = new ArrayList<>();
    for (JsonNode record : answer.path("records")) {
      values.add(
          record.has("json") ? record.path("json").toString() : record.path("value").textValue());
    }
    return values;
  }

  private static List<String> numbered(String format, int count) {
    return IntStream.range(0, count).mapToObj(format::formatted).toList();
  }

  private static String peers() {
    return IntStream.rangeClosed(1, 3)
        .mapToObj(number ->
            "n%d=127.0.0.1:%d:%d".formatted(number, RAFT_PORTS + number, HTTP_PORTS + number))
        .collect(Collectors.joining(","));
  }
}
