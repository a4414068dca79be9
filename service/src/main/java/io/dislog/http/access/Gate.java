package io.dislog.http.access;

import io.dislog.access.Grants;
import io.dislog.access.LogName;
import io.dislog.access.Need;
import io.dislog.access.Principal;
import io.dislog.access.Right;
import io.dislog.access.Rights;
import io.dislog.access.node.NodeCredential;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Permission;
import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Route;
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
  private final GrantWatch watch;
  private final RefusalMeters meters;
  private final AuditLog audit;

  @Inject
  Gate(
      AccessFiles files,
      Callers callers,
      LogNames names,
      Admins admins,
      GrantWatch watch,
      RefusalMeters meters,
      AuditLog audit) {
    this.files = files;
    this.callers = callers;
    this.names = names;
    this.admins = admins;
    this.watch = watch;
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
    Future<Caller> caller = callers.of(exchange);
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
        caller.succeeded()
            ? refusal(exchange, need, caller.result())
            : Refusals.unidentified(caller.cause());
    String principal = caller.succeeded() ? caller.result().principal().name() : "unknown";
    boolean isSentOn = exchange.request().headers().contains(NodeCredential.MARK);
    if (refusal == null) {
      if (!isSentOn && audit.takes(need)) {
        writeAtTheEnd(exchange, need, principal);
      }
      on.run();
    } else {
      meters.count(need);
      if (!isSentOn) {
        audit.write(exchange, principal, need, Integer.toString(refusal.status()));
      }
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
    boolean isAdmin =
        caller.isAdmin() || (need == Need.ADMIN && !files.hasRules() && admins.include(exchange));
    Grants grants = isAdmin ? Grants.ALL : files.rules().of(principal);
    LogName log = names.of(exchange.path());
    Rights onLog = log == null ? Rights.NONE : grants.on(log);
    exchange.permission(new Permission(principal, grants, onLog, isPublic(log), files.hasRules()));
    return switch (need) {
      case IDENTITY ->
          principal.isKnown() || grants.isAny() ? null : Refusals.unauthenticated(need, null);
      case READ, APPEND, CONSUME, MANAGE ->
          ofLog(exchange, caller, grants, Objects.requireNonNull(log), need);
      case ADMIN -> grants.isAdmin() ? null : Refusals.withheld(principal, need);
      case NODE ->
          admins.includeNode(principal, exchange) ? null : Refusals.withheld(principal, need);
    };
  }

  private boolean isPublic(@Nullable LogName log) {
    return log == null || files.rules().of(new Principal.Anonymous()).on(log).has(Right.READ);
  }

  /** Whether it is one of what everybody may where there are no rules. */
  private static boolean isOfLogs(Need need) {
    return switch (need) {
      case IDENTITY, READ, APPEND, CONSUME, MANAGE -> true;
      case ADMIN, NODE -> false;
    };
  }

  private @Nullable Problem ofLog(
      Exchange exchange, Caller caller, Grants grants, LogName log, Need need) {
    Principal principal = caller.principal();
    String consumer = exchange.path().parameterOrNull("name");
    Right right = Objects.requireNonNull(need.right());
    if (!grants.allow(right, log, consumer)) {
      return Refusals.withheld(principal, grants, log, need);
    }
    if (right != Right.MANAGE
        && Extras.closes(exchange)
        && !grants.allow(Right.MANAGE, log, null)) {
      return Refusals.withheld(principal, grants, log, Need.MANAGE);
    }
    for (LogName source : Extras.sources(exchange)) {
      if (!grants.allow(Right.READ, source, null)) {
        return Refusals.withheld(principal, grants, source, Need.READ);
      }
    }
    if (need == Need.READ && exchange.path().isOfRecords()) {
      watch.add(exchange, caller, log);
    }
    return null;
  }
}
