package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.format.BatchFormat;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Utf8;
import io.dislog.log.Record;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** Bodies for the tests, and what is read of them. */
public final class Bodies {

  private Bodies() {}

  public static ByteBuffer utf8(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Characters up to U+00FF as one byte each. */
  public static ByteBuffer bytes(String latin1) {
    return ByteBuffer.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  public static String text(@Nullable ByteBuffer bytes) {
    return bytes == null ? "(none)" : Utf8.decode(bytes);
  }

  public static List<String> valuesOf(Batch batch) {
    return batch.records().stream().map(Record::value).map(Bodies::text).toList();
  }

  /** The problem that something is refused with. */
  public static Problem problem(ThrowingCallable refused) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, refused);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal.problem();
  }

  /** Asserts that a body is malformed from a record on. */
  public static void assertMalformed(BatchFormat format, ByteBuffer body, int index) {
    Problem problem = problem(() -> format.parse(body, batch()));
    assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED_BATCH);
    assertThat(problem.members()).containsEntry("index", index);
  }

  /** An empty batch for whose records there is room. */
  public static Batch batch() {
    return new Batch(bytes -> true);
  }
}
