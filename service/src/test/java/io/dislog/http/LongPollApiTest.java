package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Api.Answer;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Readers that wait at a stream's end for one answer. */
@QuarkusTest
@TestProfile(StreamProfile.class)
final class LongPollApiTest extends StreamReaders {

  @Test
  void aLongPollGetsWhatComes() {
    CompletableFuture<Answer> poll = poll("now");
    append("a");
    Answer answer = poll.join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("a");
    assertThat(answer.header("Content-Type")).isEqualTo(TEXT);
    assertThat(answer.header("Stream-Next-Offset")).isEqualTo(Streams.offset(1));
    assertThat(answer.header("Stream-Up-To-Date")).isEqualTo("true");
    assertThat(answer.header("Stream-Cursor")).matches("[0-9]+");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(
            api.get(stream + "?live=long-poll&offset=" + Streams.offset(0)).header("Cache-Control"))
        .isEqualTo("public, max-age=60, stale-while-revalidate=300");
  }

  @Test
  void manyLongPollsGetTheSame() {
    List<CompletableFuture<Answer>> polls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      polls.add(pollLater(Streams.offset(0)));
    }
    Await.until(() -> waiting.count() == 50);
    append("x".repeat(50_000));
    for (CompletableFuture<Answer> poll : polls) {
      assertThat(poll.join().text()).hasSize(50_000);
    }
  }

  @Test
  void longPollsNearTheEndShareWhatIsThere() {
    append("x".repeat(5000));
    assertThat(get("long-poll", Streams.offset(0)).text()).hasSize(5000);
    assertThat(new Api(management).metric("dislog_stream_shared_bytes")).isGreaterThan(4999);
    append("y".repeat(100_000));
    assertThat(get("long-poll", Streams.offset(0)).text()).as("further away").hasSize(105_000);
  }

  @Test
  void aRecordThatIsTooLargeToBeSharedComesAllTheSame() throws IOException {
    CompletableFuture<Answer> poll = poll(Streams.offset(0));
    try (Wire events = events("now")) {
      events.readUntil("upToDate\":true}\n\n");
      append("y".repeat(900_000) + "z");
      assertThat(poll.join().text()).hasSize(900_001).endsWith("z");
      assertThat(events.readUntil("z\n")).contains("y".repeat(1000));
      assertThat(events.readUntil("}\n\n")).contains(Streams.offset(1));
    }
  }

  @Test
  void aLongPollEndsWithNothingWhenNothingComes() {
    append("a");
    Answer answer = get("long-poll", "now");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Stream-Next-Offset")).isEqualTo(Streams.offset(1));
    assertThat(answer.header("Stream-Up-To-Date")).isEqualTo("true");
    assertThat(answer.header("Stream-Closed")).isEqualTo("(none)");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void aStreamThatGoesWhenNobodyUsesItStaysWhileAReaderWaits() throws IOException {
    String finite = "/v1/stream/" + new Streams(base).newName();
    new Streams(base).created(finite, TEXT, "a", "Stream-TTL", "1");
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < 2_500_000_000L) {
      assertThat(api.get(finite + "?live=long-poll&offset=now").status()).isEqualTo(204);
    }
    for (begin = System.nanoTime(); System.nanoTime() - begin < 2_500_000_000L; ) {
      try (Wire events =
          new Wire(base).send("GET " + finite + "?live=sse&offset=now HTTP/1.1\nHost: a\n\n")) {
        assertThat(events.readUntil("0\r\n\r\n")).contains("upToDate");
      }
    }
    assertThat(api.send("HEAD", finite, null).status()).isEqualTo(200);
  }

  @Test
  void aLongPollEndsAtOnceWhenTheStreamIsClosed() {
    CompletableFuture<Answer> poll = poll(Streams.offset(0));
    assertThat(api.send("POST", stream, null, "Stream-Closed", "true").status()).isEqualTo(204);
    assertThat(poll.join().status()).isEqualTo(204);
    assertThat(poll.join().header("Stream-Closed")).isEqualTo("true");
  }

  @Test
  void aLongPollIsToldThatTheStreamIsGone() {
    CompletableFuture<Answer> poll = poll(Streams.offset(0));
    assertThat(api.send("DELETE", stream, null).status()).isEqualTo(204);
    poll.join().refusedAs(ProblemType.UNKNOWN_LOG);
  }

  @Test
  void whoGoesAwayWaitsNoMore() throws IOException {
    try (Wire poll = new Wire(base)) {
      poll.send("GET " + stream + "?live=long-poll&offset=now HTTP/1.1\nHost: a\n\n");
      Await.until(() -> waiting.count() == 1);
    }
    Await.until(() -> waiting.count() == 0);
    try (Wire events = events("now")) {
      events.readUntil("}\n\n");
    }
    Await.until(() -> waiting.count() == 0);
  }

  private CompletableFuture<Answer> poll(String offset) {
    int before = waiting.count();
    CompletableFuture<Answer> poll = pollLater(offset);
    Await.until(() -> waiting.count() > before);
    return poll;
  }

  private CompletableFuture<Answer> pollLater(String offset) {
    CompletableFuture<Answer> poll = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            poll.complete(get("long-poll", offset));
          } catch (RuntimeException e) {
            poll.completeExceptionally(e);
          }
        });
    return poll;
  }

  private Answer get(String live, String offset) {
    return api.get(stream + "?live=" + live + "&offset=" + offset);
  }
}
