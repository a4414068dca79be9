package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.FreePort;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data directory of a node among others, as format version 1 has it, is read and gone on with.
 *
 * <p>It was left by a node with two shards that was stopped once, so that there is a checkpoint,
 * and then killed, so that there is a raft log to be applied again.
 */
final class GoldenNodeIT {

  private static final String ORDERS = "/v1/logs/orders";
  private static final String[] LAST_REQUEST = {
    "Producer-Id", "till-7", "Producer-Epoch", "2", "Producer-Seq", "1"
  };

  @RegisterExtension final Services services = new Services();
  @TempDir Path folder;
  private DislogProcess node;

  @BeforeEach
  void startOnACopy() throws Exception {
    Golden.copy("v1-replicated", folder.resolve("data"));
    node =
        services
            .in(folder)
            .with("dislog.replication", "raft")
            .with("dislog.raft.node-id", "n1")
            .with("dislog.raft.peers", "n1=127.0.0.1:9700:8080")
            .with("dislog.raft.shards", "2")
            .with("dislog.raft.port", Integer.toString(FreePort.next()))
            // The records are older than they are kept, some day.
            .with("dislog.retention.interval", "1d")
            .start();
  }

  @Test
  void itsLogsAreAsTheyWere() throws Exception {
    JsonNode orders = node.api().describe("orders");
    assertThat(orders.path("earliestOffset").intValue()).isEqualTo(6);
    assertThat(orders.path("endOffset").intValue()).isEqualTo(12);
    assertThat(orders.at("/config/segment/maxBytes").intValue()).isEqualTo(4096);
    assertThat(orders.at("/config/retention/maxBytes").intValue()).isEqualTo(1 << 30);
    JsonNode records = node.api().get(ORDERS + "/records?offset=6").is(200).json().path("records");
    assertThat(records.findValuesAsText("key")).containsExactly("key-6", "key-7", "key-8", "key-9");
    assertThat(records.at("/0/timestamp").textValue()).isEqualTo("2026-11-27T00:05:09.560Z");
    assertThat(records.at("/0/value").textValue()).startsWith("order 6 xxx").hasSize(908);
    assertThat(records.at("/4/value").textValue()).isEqualTo("by a producer");
    assertThat(records.at("/5/value").textValue()).isEqualTo("by it again");
    assertThat(node.api().describe("clicks").path("endOffset").intValue()).isEqualTo(30);
    assertThat(node.api().get("/v1/logs/clicks/records/29").is(200).text())
        .isEqualTo("{\"click\":29}");
    assertThat(node.api().get("/v1/logs/late/records/0").is(200).text()).isEqualTo("late");
    assertThat(
            node.api().get(ORDERS + "/consumers/billing").is(200).json().path("offset").intValue())
        .isEqualTo(7);
  }

  @Test
  void itIsGoneOnWith() throws Exception {
    Answer repeat =
        node.api().append("orders", "text/plain", "by it again".getBytes(UTF_8), LAST_REQUEST);
    assertThat(repeat.json().path("baseOffset").intValue()).isEqualTo(11);
    assertThat(node.api().append("orders", "more").is(201).json().path("baseOffset").intValue())
        .isEqualTo(12);
    assertThat(node.api().append("late", "later").is(201).json().path("baseOffset").intValue())
        .isEqualTo(1);

    node.kill();
    node.start();

    assertThat(node.api().get(ORDERS + "/records/12").is(200).text()).isEqualTo("more");
    assertThat(node.api().get("/v1/logs/late/records/1").is(200).text()).isEqualTo("later");
  }
}
