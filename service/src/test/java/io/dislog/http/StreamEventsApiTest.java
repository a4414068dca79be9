package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Readers that get a stream as server-sent events. */
@QuarkusTest
@TestProfile(StreamProfile.class)
final class StreamEventsApiTest extends StreamReaders {

  @Test
  void eventsComeEachWithHowFarTheReaderIs() throws IOException {
    append(" a\r\n\r\nevent: control\ndata:{}\n\n");
    try (Wire events = events("-1")) {
      assertThat(events.readUntil("\r\n\r\n"))
          .contains(
              "Content-Type: text/event-stream", "Cache-Control: no-cache", "nosniff", "sandbox")
          .doesNotContain("base64");
      assertThat(dechunked(events, "upToDate\":true}\n\n"))
          .startsWith(
              "event: data\ndata:  a\ndata:\ndata:event: control\ndata:data:{}\ndata:\n"
                  + "data:\n\nevent: control\ndata:{\"streamNextOffset\":\""
                  + Streams.offset(1)
                  + "\"");
      append("b");
      assertThat(dechunked(events, "upToDate\":true}\n\n"))
          .startsWith("event: data\ndata:b\n\nevent: control\n")
          .contains(Streams.offset(2));
    }
  }

  @Test
  void bytesComeInBase64() throws IOException {
    stream = create("image/png");
    for (int i = 0; i < 2; i++) {
      byte[] body = {-1, 10, 13, (byte) i};
      assertThat(api.sendBytes("POST", stream, body, "Content-Type", "image/png").status())
          .isEqualTo(204);
    }
    try (Wire events = events("-1")) {
      assertThat(events.readUntil("\r\n\r\n")).contains("Stream-SSE-Data-Encoding: base64");
      assertThat(events.readUntil("control")).contains("data:/woNAP8KDQE=\n\n");
    }
  }

  @Test
  void messagesComeInArrays() throws IOException {
    stream = create("application/json");
    assertThat(
            api.send("POST", stream, "[{\"a\":\n1},[2]]", "Content-Type", "application/json")
                .status())
        .isEqualTo(204);
    try (Wire events = events("-1")) {
      assertThat(events.readUntil("control")).contains("data:[{\"a\":\ndata:1},[2]]\n\n");
    }
  }

  @Test
  void eventsEndWithTheStream() throws IOException {
    try (Wire events = events("now")) {
      events.readUntil("}\n\n");
      assertThat(
              api.send("POST", stream, "last", "Content-Type", TEXT, "Stream-Closed", "true")
                  .status())
          .isEqualTo(204);
      String end = events.readUntil("0\r\n\r\n");
      assertThat(end)
          .contains("data:last\n\n", "\"upToDate\":true,\"streamClosed\":true}")
          .doesNotContain("streamCursor");
    }
    try (Wire events = events(Streams.offset(1))) {
      assertThat(events.readUntil("0\r\n\r\n")).contains("\"streamClosed\":true}");
    }
  }

  @Test
  void eventsEndWhenTheStreamIsClosedWithoutMore() throws IOException {
    try (Wire events = events("now")) {
      events.readUntil("}\n\n");
      assertThat(api.send("POST", stream, null, "Stream-Closed", "true").status()).isEqualTo(204);
      assertThat(events.readUntil("0\r\n\r\n"))
          .doesNotContain("event: data")
          .contains(
              "{\"streamNextOffset\":\""
                  + Streams.offset(0)
                  + "\",\"upToDate\":true,\"streamClosed");
    }
  }

  @Test
  void eventsEndAfterAWhile() throws IOException {
    try (Wire events = events("now")) {
      assertThat(events.readUntil("0\r\n\r\n")).doesNotContain("streamClosed");
    }
  }

  @Test
  void eventsEndWhenTheStreamIsDeleted() throws IOException {
    try (Wire events = events("now")) {
      events.readUntil("}\n\n");
      assertThat(api.send("DELETE", stream, null).status()).isEqualTo(204);
      events.readUntil("0\r\n\r\n");
    }
  }

  @Test
  void aReaderThatIsFarBehindGetsEverythingInOrder() throws IOException {
    for (int i = 0; i < 200; i++) {
      append(i + ":" + "x".repeat(2000) + ";");
    }
    try (Wire events = events("-1")) {
      StringBuilder data = new StringBuilder();
      String all = dechunked(events, "upToDate\":true}\n\n");
      all.lines()
          .filter(line -> line.startsWith("data:") && !line.contains("streamNextOffset"))
          .forEach(line -> data.append(line.substring("data:".length())));
      int at = 0;
      for (int i = 0; i < 200; i++) {
        at = data.indexOf(i + ":", at);
        assertThat(at).as("record " + i).isNotNegative();
      }
      assertThat(data).hasSize(200 * (2000 + 2) + 10 + 90 * 2 + 100 * 3);
    }
  }

  /** What came, without the sizes of chunks. */
  private static String dechunked(Wire events, String end) throws IOException {
    return events.readUntil(end).replaceAll("\r\n[0-9a-f]+\r\n|^[0-9a-f]+\r\n", "");
  }
}
