package io.dislog.http.access;

import io.dislog.access.Grants;
import io.dislog.access.LogName;
import io.dislog.access.Need;
import io.dislog.access.Principal;
import io.dislog.access.Right;
import io.dislog.access.Rights;
import io.dislog.command.Rejection;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Permission;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Route;
import io.dislog.http.notation.Text;
import io.dislog.http.server.Problems;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request in whose sender may do what it asks for, before its body is read. Runs on event
 * loops.
 *
 * <p>A sender without a credential is told to bring one, whether the log is there or not. One with
 * a credential, but without any right on a log, is told what one is told of a log that is not
 * there.
 */
@Singleton
public final class Gate {

  private final AccessFiles files;
  private final Callers callers;
  private final LogNames names;
  private final Admins admins;
  private final RefusalMeters meters;
  private final AuditLog audit;

  @Inject
  Gate(
      AccessFiles files,
      Callers callers,
      LogNames names,
      Admins admins,
      RefusalMeters meters,
      AuditLog audit) {
    this.files = files;
    this.callers = callers;
    this.names = names;
    this.admins = admins;
    this.meters = meters;
    this.audit = audit;
  }

  /**
   * Decides about a request at a path and with a method that a route takes. Whoever goes on may
   * find out later than this returns; until then nothing of the body comes in.
   */
  public void pass(Exchange exchange, Runnable on, Consumer<Problem> refuse) {
    Route route = Objects.requireNonNull(exchange.path().route());
    Need need = Requirements.of(route, exchange.request().method().name());
    Future<Caller> caller = callers.of(exchange.request());
    if (caller.isComplete()) {
      decide(exchange, need, caller, on, refuse);
    } else {
      exchange.request().pause();
      caller.onComplete(found ->
          exchange
              .context()
              .runOnContext(now -> {
                decide(exchange, need, caller, on, refuse);
                exchange.request().resume();
              }));
    }
  }

  private void decide(
      Exchange exchange,
      @Nullable Need need,
      Future<Caller> caller,
      Runnable on,
      Consumer<Problem> refuse) {
    if (exchange.response().closed()) {
      return;
    }
    if (need == null) {
      refuse.accept(Problem.of(ProblemType.FORBIDDEN, "nobody may do this"));
      return;
    }
    Problem refusal =
        caller.succeeded() ? refusal(exchange, need, caller.result()) : wrongCredential();
    String principal = caller.succeeded() ? caller.result().principal().name() : "unknown";
    if (refusal == null) {
      if (audit.takes(need)) {
        writeAtTheEnd(exchange, need, principal);
      }
      on.run();
    } else {
      meters.count(need);
      audit.write(exchange, principal, need, Integer.toString(refusal.status()));
      refuse.accept(refusal);
    }
  }

  private void writeAtTheEnd(Exchange exchange, Need need, String principal) {
    exchange.onEnd(isWhole ->
        audit.write(
            exchange,
            principal,
            need,
            isWhole ? Integer.toString(exchange.response().getStatusCode()) : "aborted"));
  }

  private @Nullable Problem refusal(Exchange exchange, Need need, Caller caller) {
    Principal principal = caller.principal();
    if (!files.hasRules() && !principal.isKnown() && isOfLogs(need)) {
      exchange.permission(Permission.OPEN);
      return null;
    }
    Grants grants = files.rules().of(principal);
    LogName log = names.of(exchange.path());
    Rights onLog = log == null ? Rights.NONE : grants.on(log);
    exchange.permission(new Permission(principal, grants, onLog));
    return switch (need) {
      case IDENTITY -> principal.isKnown() || grants.isAny() ? null : unauthenticated(need, null);
      case READ, APPEND, CONSUME, MANAGE ->
          ofLog(exchange, principal, grants, Objects.requireNonNull(log), need);
      case ADMIN ->
          grants.isAdmin() || (!files.hasRules() && admins.include(exchange))
              ? null
              : withheld(principal, need);
      case NODE -> admins.includeNode(principal) ? null : withheld(principal, need);
    };
  }

  /** Whether it is one of what everybody may where there are no rules. */
  private static boolean isOfLogs(Need need) {
    return switch (need) {
      case IDENTITY, READ, APPEND, CONSUME, MANAGE -> true;
      case ADMIN, NODE -> false;
    };
  }

  private static @Nullable Problem ofLog(
      Exchange exchange, Principal principal, Grants grants, LogName log, Need need) {
    String consumer = exchange.path().parameterOrNull("name");
    Right right = Objects.requireNonNull(need.right());
    if (!grants.allow(right, log, consumer)) {
      return withheld(principal, grants, log, need);
    }
    if (right != Right.MANAGE
        && Extras.closes(exchange)
        && !grants.allow(Right.MANAGE, log, null)) {
      return withheld(principal, grants, log, Need.MANAGE);
    }
    for (LogName source : Extras.sources(exchange)) {
      if (!grants.allow(Right.READ, source, null)) {
        return withheld(principal, grants, source, Need.READ);
      }
    }
    return null;
  }

  private static Problem withheld(Principal principal, Grants grants, LogName log, Need need) {
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

  private static Problem withheld(Principal principal, Need need) {
    return principal.isKnown()
        ? Problem.of(
                ProblemType.FORBIDDEN,
                "%s has not the right '%s'".formatted(Text.safe(principal.name()), need.text()))
            .with("right", need.text())
        : unauthenticated(need, null);
  }

  private static Problem unauthenticated(Need need, @Nullable LogName log) {
    return challenged(
        "this needs the right '%s'%s, and the request has no credential"
            .formatted(need.text(), log == null ? "" : " on log '" + log.name() + "'"));
  }

  private static Problem wrongCredential() {
    return challenged("the credential in 'Authorization' is not valid");
  }

  private static Problem challenged(String detail) {
    return Problem.of(ProblemType.UNAUTHENTICATED, detail).withHeader("WWW-Authenticate", "Bearer");
  }
}
