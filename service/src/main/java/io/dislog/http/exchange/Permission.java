package io.dislog.http.exchange;

import io.dislog.access.Grants;
import io.dislog.access.LogName;
import io.dislog.access.Principal;
import io.dislog.access.Right;
import io.dislog.access.Rights;
import io.dislog.access.Rules;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, and what they may. Immutable.
 *
 * @param grants all that they may
 * @param onLog what they may do to the log in the path; nothing where there is none
 * @param isPublic whether everybody may read that log
 * @param isRuled whether somebody has written rules
 */
public record Permission(
    Principal principal, Grants grants, Rights onLog, boolean isPublic, boolean isRuled) {

  private static final Principal NOBODY = new Principal.Anonymous();

  /** Of a request that nobody was found to have sent: nothing is told about any log. */
  public static final Permission NONE =
      new Permission(NOBODY, Rules.NONE.of(NOBODY), Rights.NONE, false, false);

  /** Of anybody where nobody has written rules. */
  public static final Permission OPEN =
      new Permission(NOBODY, Rules.OPEN.of(NOBODY), Rights.OF_LOGS, true, false);

  /** To whom a producer belongs that they use for the first time; null where to nobody. */
  @Nullable String owner() {
    return isRuled ? principal.name() : null;
  }

  /** Whether they may know where the log in the path ends. */
  boolean includesEnds() {
    return onLog.has(Right.READ) || onLog.has(Right.APPEND);
  }

  /** Whether they may know that there is such a log. */
  public boolean includes(LogName log) {
    return !grants.on(log).isEmpty();
  }
}
