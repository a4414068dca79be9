package io.dislog.http.format;

import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.command.Rejection;
import io.dislog.http.Bodies;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

final class NdjsonFormatTest {

  private final NdjsonFormat format = new NdjsonFormat();

  @Test
  void eachLineIsARecordWithoutItsNewline() {
    assertThat(valuesOf(format.parse(bytes("a\nbb\n"), Bodies.batch()))).containsExactly("a", "bb");
    assertThat(valuesOf(format.parse(bytes("a\r\nbb\r\n"), Bodies.batch())))
        .containsExactly("a", "bb");
  }

  @Test
  void theLastLineNeedsNoNewline() {
    assertThat(valuesOf(format.parse(bytes("a\nb"), Bodies.batch()))).containsExactly("a", "b");
  }

  @Test
  void aFinalCarriageReturnBelongsToTheValue() {
    assertThat(valuesOf(format.parse(bytes("a\nb\r"), Bodies.batch()))).containsExactly("a", "b\r");
    assertThat(valuesOf(format.parse(bytes("\r"), Bodies.batch()))).containsExactly("\r");
  }

  @Test
  void onlyTheLastCarriageReturnOfALineGoes() {
    assertThat(valuesOf(format.parse(bytes("a\r\r\nb\rc\n"), Bodies.batch())))
        .containsExactly("a\r", "b\rc");
  }

  @Test
  void emptyLinesAreSkipped() {
    assertThat(valuesOf(format.parse(bytes("\n\r\na\n\n\nb\n\n"), Bodies.batch())))
        .containsExactly("a", "b");
    assertThat(valuesOf(format.parse(bytes(""), Bodies.batch()))).isEmpty();
    assertThat(valuesOf(format.parse(bytes("\n\r\n\n"), Bodies.batch()))).isEmpty();
  }

  @Test
  void linesAreNotParsedAndMayHoldAnyBytes() {
    assertThat(
            format.parse(bytes("{oops\n\u00ff\u0000\n"), Bodies.batch()).records().get(1).value())
        .isEqualTo(bytes("\u00ff\u0000"));
  }

  @Test
  void aBatchOfMoreRecordsThanFitInMemoryIsTooLarge() {
    String lines = "x\n".repeat(Batch.MAX_ELEMENTS + 1);
    Problem problem = Bodies.problem(() -> format.parse(bytes(lines), Bodies.batch()));
    assertThat(problem.type()).isEqualTo(ProblemType.BATCH_TOO_LARGE);
    assertThat(problem.members()).containsEntry("limit", Batch.MAX_ELEMENTS);
    assertThat(List.of(format.parse(bytes(lines.substring(2)), Bodies.batch()).count()))
        .containsExactly(Batch.MAX_ELEMENTS);
  }

  @Test
  void aBatchThatFindsNoRoomIsRefusedBeforeItHasTakenMuch() {
    long limit = 1 << 20;
    LongAdder taken = new LongAdder();
    Batch batch =
        new Batch(more -> {
          boolean fits = taken.sum() + more <= limit;
          taken.add(fits ? more : 0);
          return fits;
        });
    assertThatExceptionOfType(Rejection.TooBusy.class)
        .isThrownBy(() -> format.parse(bytes("x\n".repeat(Batch.MAX_ELEMENTS)), batch));
    assertThat((long) batch.count() * Batch.ELEMENT_BYTES).isLessThan(2 * limit);
  }

  @Test
  void aBatchTakesRoomForAllOfItsRecords() {
    LongAdder taken = new LongAdder();
    Batch batch =
        new Batch(more -> {
          taken.add(more);
          return true;
        });
    format.parse(bytes("x\n".repeat(10_001)), batch).settle();
    assertThat(taken.sum()).isEqualTo(10_001L * Batch.ELEMENT_BYTES);
  }
}
