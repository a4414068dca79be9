package io.dislog.http;

import java.io.Serial;

/** The HTTP layer's own refusal of a request, as against those of the logs. */
final class ProblemException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  static ProblemException badRequest(String detail) {
    return new ProblemException(ProblemType.BAD_REQUEST, detail);
  }

  /**
   * A batch that can't be read.
   *
   * @param index of its first bad record, from 0
   */
  static ProblemException malformed(int index, String detail) {
    return new ProblemException(
        Problem.of(ProblemType.MALFORMED_BATCH, "record " + index + ": " + detail)
            .with("index", index));
  }

  Problem problem() {
    return problem;
  }
}
