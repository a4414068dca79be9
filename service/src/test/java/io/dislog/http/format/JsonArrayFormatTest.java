package io.dislog.http.format;

import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.http.Bodies;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonArrayFormatTest {

  private final JsonArrayFormat format = new JsonArrayFormat();

  @Test
  void anElementIsARecordWhoseBytesAreKept() {
    assertThat(records("[1, -2.50e1 ,\"a\\u0062\\n\" ,{\"b\" : [ ]},[3,[4]], true,null]"))
        .containsExactly(
            "1", "-2.50e1", "\"a\\u0062\\n\"", "{\"b\" : [ ]}", "[3,[4]]", "true", "null");
    assertThat(records(" [ \t{}\r\n]\n")).containsExactly("{}");
  }

  @Test
  void anythingElseIsOneRecordWithoutTheSpaceAroundIt() {
    assertThat(records(" {\"a\": 1}\n")).containsExactly("{\"a\": 1}");
    assertThat(records("12")).containsExactly("12");
    assertThat(records("\t\"x\" ")).containsExactly("\"x\"");
    assertThat(records("\nfalse")).containsExactly("false");
  }

  @Test
  void anEmptyArrayHasNoRecords() {
    assertThat(records("[]")).isEmpty();
    assertThat(records(" [ ] ")).isEmpty();
  }

  @Test
  void anArrayWithinAnArrayIsOneRecord() {
    assertThat(records("[[]]")).containsExactly("[]");
    assertThat(records("[[1,2],[3,4]]")).containsExactly("[1,2]", "[3,4]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[1]]",
        "[1] 2",
        "{} {}",
        "{\"a\"}",
        "\"a",
        "\"\\x\"",
        "01",
        "1.",
        "nul",
        "NaN",
        "[1 2]",
        "'a'",
        "[\"a\u0001\"]",
        "\u00ef\u00bb\u00bf1",
        "\"\u00ff\""
      })
  void whatIsNotJsonIsRefused(String body) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> records(body))
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.MALFORMED_BATCH));
  }

  private List<String> records(String body) {
    return valuesOf(format.parse(bytes(body), Bodies.batch()));
  }
}
