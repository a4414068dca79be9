package io.dislog.http.notation;

import static io.dislog.http.Bodies.text;
import static io.dislog.http.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PercentTest {

  @ParameterizedTest
  @CsvSource({
    "a+b, a+b",
    "a%20b, 'a b'",
    "%c3%a9, \u00e9",
    "%F0%9F%98%80, \ud83d\ude00",
    "'', ''",
    "%25, %"
  })
  void decodesUtf8(String encoded, String decoded) {
    assertThat(text(Percent.decode(encoded))).isEqualTo(decoded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        "%2",
        "%zz",
        "%+1",
        "%ff",
        "%c0%80",
        "%ed%a0%80",
        "\u00e9",
        "a\nb",
        "%f4%90%80%80"
      })
  void refusesWhatIsNotPercentEncodedUtf8(String encoded) {
    assertThat(Percent.decode(encoded)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"aZ0-._~, aZ0-._~", "'a b', a%20b", "\u00e9/+%, %C3%A9%2F%2B%25"})
  void encodesAllButTheUnreserved(String text, String encoded) {
    assertThat(Percent.encode(utf8(text))).isEqualTo(encoded);
  }
}
