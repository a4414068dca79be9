package io.dislog.kit.smoke;

/** Counts what was found right, and tells what was not. For one thread. */
final class Checks {
  private int passed;
  private int failed;

  /** What should be so. */
  void that(String what, boolean holds) {
    if (holds) {
      passed++;
    } else {
      failed++;
      System.out.println("  WRONG: " + what);
    }
  }

  void equal(String what, Object expected, Object found) {
    that("%s: expected %s, found %s".formatted(what, expected, found), expected.equals(found));
  }

  /** An answer has a status. */
  void status(int expected, Answer answer) {
    that(
        "%s: expected %d, found %d %s"
            .formatted(answer.request(), expected, answer.status(), answer.text()),
        answer.status() == expected);
  }

  /** An answer has a status, and its text holds something. */
  void says(int expected, String part, Answer answer) {
    status(expected, answer);
    that(
        "%s: no %s in %s".formatted(answer.request(), part, answer.text()),
        answer.text().contains(part));
  }

  int passed() {
    return passed;
  }

  boolean allPassed() {
    return failed == 0;
  }
}
