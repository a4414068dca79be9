package io.dislog.http.access;

import io.dislog.access.Grants;
import io.dislog.access.LogName;
import io.dislog.access.Need;
import io.dislog.access.Principal;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Text;
import io.dislog.http.server.Problems;
import org.jspecify.annotations.Nullable;

/** What somebody is told who may not. */
final class Refusals {

  private Refusals() {}

  static Problem withheld(Principal principal, Grants grants, LogName log, Need need) {
    if (!principal.isKnown()) {
      return unauthenticated(need, log);
    }
    return grants.on(log).isEmpty()
        ? Problems.of(new Rejection.UnknownLog(log.name()))
        : Problem.of(
                ProblemType.FORBIDDEN,
                "%s may not %s log '%s'"
                    .formatted(Text.safe(principal.name()), need.text(), log.name()))
            .with("right", need.text())
            .with("log", log.name());
  }

  static Problem withheld(Principal principal, Need need) {
    return principal.isKnown()
        ? Problem.of(
                ProblemType.FORBIDDEN,
                "%s has not the right '%s'".formatted(Text.safe(principal.name()), need.text()))
            .with("right", need.text())
        : unauthenticated(need, null);
  }

  static Problem unauthenticated(Need need, @Nullable LogName log) {
    return challenged(
        "this needs the right '%s'%s, and the request has no credential"
            .formatted(need.text(), log == null ? "" : " on log '" + log.name() + "'"));
  }

  static Problem unidentified(Throwable why) {
    return why instanceof ProblemException undecided
        ? undecided.problem()
        : challenged("the credential in 'Authorization' is not valid");
  }

  private static Problem challenged(String detail) {
    return Problem.of(ProblemType.UNAUTHENTICATED, detail).withHeader("WWW-Authenticate", "Bearer");
  }
}
