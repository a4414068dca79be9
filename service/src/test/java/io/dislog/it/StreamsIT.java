package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stream of several nodes is one stream, whichever of them is asked, and whichever dies. */
final class StreamsIT {

  private static final String STREAM = "/v1/stream/teas/of-the-day";
  private static final String JSON = "application/json";
  private static final int MESSAGES = 600;
  private static final int KILL_EVERY = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void readersAtAllNodesGetEachMessageOnceWhileLeadersDie(@TempDir Path folder) throws Exception {
    Random random = new Random(5);
    List<StreamFollower> followers = new ArrayList<>();
    try (Cluster cluster = cluster(folder).start()) {
      create(cluster);
      for (ClusterNode node : cluster.nodes()) {
        followers.add(new StreamFollower(api(node), STREAM, "long-poll"));
        followers.add(new StreamFollower(api(node), STREAM, "sse"));
      }
      for (int number = 0; number < MESSAGES; number++) {
        if (number % KILL_EVERY == KILL_EVERY / 2) {
          cluster.leader(random).kill();
        }
        append(cluster, number, random);
        if (number % KILL_EVERY == KILL_EVERY - 1) {
          cluster.awaitReady();
        }
      }
      for (StreamFollower follower : followers) {
        Await.until(
            () ->
                "the end, after %d and %s".formatted(follower.numbers().size(), follower.failure()),
            PATIENCE,
            follower::isClosed);
        assertThat(follower.numbers()).isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
      }
    } finally {
      for (StreamFollower follower : followers) {
        follower.end();
      }
    }
  }

  /** Live reads end soon, so that many of them begin. */
  private static Cluster cluster(Path folder) throws Exception {
    return new Cluster(
        3,
        folder,
        "dislog.raft.shards=1",
        "dislog.stream.long-poll-timeout=1s",
        "dislog.stream.sse-lifetime=1s");
  }

  private static void create(Cluster cluster) throws Exception {
    assertThat(api(cluster.node(1)).insist(api -> api.put(STREAM, "[]")).status()).isIn(200, 201);
    for (ClusterNode node : cluster.nodes()) {
      api(node).insist(api -> api.get(STREAM + "?consistency=leader")).is(200);
    }
  }

  /** Numbered, so that it can be sent again, to any node; the last one closes the stream. */
  private static void append(Cluster cluster, int number, Random random) throws Exception {
    String[] headers = {
      "Producer-Id",
      "p",
      "Producer-Epoch",
      "0",
      "Producer-Seq",
      Integer.toString(number),
      "Stream-Closed",
      Boolean.toString(number == MESSAGES - 1)
    };
    byte[] body = Integer.toString(number).getBytes(UTF_8);
    List<Answer> refusals = new ArrayList<>();
    Await.until(
        () -> "message %d is taken, and not answered %s".formatted(number, refusals),
        PATIENCE,
        () -> {
          ClusterNode node = cluster.any(random);
          try {
            Answer answer = api(node).post(STREAM, JSON, body, headers);
            refusals.add(answer);
            return answer.status() == 200 || answer.status() == 204;
          } catch (IOException away) {
            return false;
          }
        });
  }

  private static Api api(ClusterNode node) {
    return node.api().within(Duration.ofSeconds(10));
  }
}
