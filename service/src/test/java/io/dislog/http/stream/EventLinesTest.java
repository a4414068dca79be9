package io.dislog.http.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventLinesTest {

  @Test
  void everyLineGetsItsField() throws IOException {
    assertThat(event("a\nb")).isEqualTo("event: data\ndata:a\ndata:b\n\n");
    assertThat(event("a\r\nb\rc\n")).isEqualTo("event: data\ndata:a\ndata:b\ndata:c\ndata:\n\n");
    assertThat(event("")).isEqualTo("event: data\ndata:\n\n");
    assertThat(event("\n\n")).isEqualTo("event: data\ndata:\ndata:\ndata:\n\n");
  }

  @Test
  void aLineEndThatIsSplitIsOne() throws IOException {
    assertThat(event("a\r", "\nb")).isEqualTo("event: data\ndata:a\ndata:b\n\n");
    assertThat(event("a\r", "b")).isEqualTo("event: data\ndata:a\ndata:b\n\n");
    assertThat(event("a\r", "", "\nb")).isEqualTo("event: data\ndata:a\ndata:b\n\n");
  }

  @Test
  void aSpaceAtTheBeginOfALineStays() throws IOException {
    assertThat(event(" a\n  b")).isEqualTo("event: data\ndata:  a\ndata:   b\n\n");
    assertThat(event("a", " b")).isEqualTo("event: data\ndata:a b\n\n");
  }

  @Test
  void readersGetWhatWasWrittenWhateverItIs() throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 2000; run++) {
      StringBuilder whole = new StringBuilder();
      List<String> parts = new ArrayList<>();
      for (int part = random.nextInt(4); part >= 0; part--) {
        String text = text(random);
        whole.append(text);
        parts.add(text);
      }
      String event = event(parts.toArray(String[]::new)) + "event: control\ndata:{}\n\n";
      assertThat(read(event))
          .as("seed %d, run %d", seed, run)
          .containsExactly(
              "data=" + whole.toString().replace("\r\n", "\n").replace('\r', '\n'), "control={}");
    }
  }

  /** Of what might end a line, a field or an event. */
  private static String text(Random random) {
    String[] pieces = {"\n", "\r", "\r\n", " ", ":", "data:", "event: control\n", "a", "\u00e9"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  /** As the specification of server-sent events says: each event's type and its data. */
  private static List<String> read(String stream) {
    List<String> events = new ArrayList<>();
    String type = "";
    StringBuilder data = new StringBuilder();
    for (String line : stream.split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        if (!data.isEmpty()) {
          events.add(type + "=" + data.substring(0, data.length() - 1));
        }
        type = "";
        data.setLength(0);
        continue;
      }
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).replaceFirst("^ ", "");
      switch (line.substring(0, colon)) {
        case "event" -> type = value;
        case "data" -> data.append(value).append('\n');
        default -> throw new AssertionError("a field that nobody wrote: " + line);
      }
    }
    return events;
  }

  private static String event(String... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EventLines lines =
        EventLines.begin(
            "data",
            bytes -> {
              byte[] copy = new byte[bytes.remaining()];
              bytes.get(copy);
              out.write(copy);
            });
    for (String part : parts) {
      lines.write(ByteBuffer.wrap(part.getBytes(ISO_8859_1)));
    }
    lines.end();
    return out.toString(ISO_8859_1);
  }
}
