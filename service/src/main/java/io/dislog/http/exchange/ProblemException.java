package io.dislog.http.exchange;

import io.dislog.http.notation.ProblemType;
import java.io.Serial;

/** The HTTP layer's own refusal of a request, as against those of the logs. */
public final class ProblemException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  public static ProblemException badRequest(String detail) {
    return new ProblemException(ProblemType.BAD_REQUEST, detail);
  }

  /**
   * A batch that can't be read.
   *
   * @param index of its first bad record, from 0
   */
  public static ProblemException malformed(int index, String detail) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED_BATCH, "record " + index + ": " + detail)
            .with("index", index));
  }

  public Problem problem() {
    return problem;
  }
}
