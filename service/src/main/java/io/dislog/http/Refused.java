package io.dislog.http;

import java.io.Serial;

/** The HTTP layer's own refusal of a request, as against those of the logs. */
final class Refused extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refused(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  Refused(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  static Refused badRequest(String detail) {
    return new Refused(ProblemType.BAD_REQUEST, detail);
  }

  /**
   * A batch that can't be read.
   *
   * @param index of its first bad record, from 0
   */
  static Refused malformed(int index, String detail) {
    return new Refused(
        Problem.of(ProblemType.MALFORMED_BATCH, "record " + index + ": " + detail)
            .with("index", index));
  }

  Problem problem() {
    return problem;
  }
}
