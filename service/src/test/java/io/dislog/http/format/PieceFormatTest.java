package io.dislog.http.format;

import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Bodies;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PieceFormatTest {

  @Test
  void aBodyIsAsFewRecordsAsCanHoldIt() {
    assertThat(pieces("abcdefg", 3)).containsExactly("abc", "def", "g");
    assertThat(pieces("abcdef", 3)).containsExactly("abc", "def");
    assertThat(pieces("abc", 3)).containsExactly("abc");
    assertThat(pieces("", 3)).isEmpty();
  }

  private static List<String> pieces(String body, int maxBytes) {
    return valuesOf(new PieceFormat(maxBytes).parse(bytes(body), Bodies.batch()));
  }
}
