package io.dislog.http;

import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NdjsonFormatTest {

  private final NdjsonFormat format = new NdjsonFormat();

  @Test
  void eachLineIsARecordWithoutItsNewline() {
    assertThat(valuesOf(format.parse(bytes("a\nbb\n")))).containsExactly("a", "bb");
    assertThat(valuesOf(format.parse(bytes("a\r\nbb\r\n")))).containsExactly("a", "bb");
  }

  @Test
  void theLastLineNeedsNoNewline() {
    assertThat(valuesOf(format.parse(bytes("a\nb")))).containsExactly("a", "b");
  }

  @Test
  void aFinalCarriageReturnBelongsToTheValue() {
    assertThat(valuesOf(format.parse(bytes("a\nb\r")))).containsExactly("a", "b\r");
    assertThat(valuesOf(format.parse(bytes("\r")))).containsExactly("\r");
  }

  @Test
  void onlyTheLastCarriageReturnOfALineGoes() {
    assertThat(valuesOf(format.parse(bytes("a\r\r\nb\rc\n")))).containsExactly("a\r", "b\rc");
  }

  @Test
  void emptyLinesAreSkipped() {
    assertThat(valuesOf(format.parse(bytes("\n\r\na\n\n\nb\n\n")))).containsExactly("a", "b");
    assertThat(valuesOf(format.parse(bytes("")))).isEmpty();
    assertThat(valuesOf(format.parse(bytes("\n\r\n\n")))).isEmpty();
  }

  @Test
  void linesAreNotParsedAndMayHoldAnyBytes() {
    assertThat(format.parse(bytes("{oops\n\u00ff\u0000\n")).records().get(1).value())
        .isEqualTo(bytes("\u00ff\u0000"));
  }

  @Test
  void aBatchOfMoreRecordsThanFitInMemoryIsTooLarge() {
    String lines = "x\n".repeat(Batch.MAX_ELEMENTS + 1);
    Problem problem = Bodies.problem(() -> format.parse(bytes(lines)));
    assertThat(problem.type()).isEqualTo(ProblemType.BATCH_TOO_LARGE);
    assertThat(problem.members()).containsEntry("limit", Batch.MAX_ELEMENTS);
    assertThat(List.of(format.parse(bytes(lines.substring(2))).count()))
        .containsExactly(Batch.MAX_ELEMENTS);
  }
}
