package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.access.node.NodeCredential;
import io.dislog.http.exchange.Exchange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Finds out who sends a request, by the credential in its head. Safe for use by many threads, and
 * never blocks.
 */
@Singleton
final class Callers {

  private static final String SCHEME = "Bearer ";
  private static final Future<Caller> ANONYMOUS = Future.succeededFuture(Caller.ANONYMOUS);
  private static final Future<Caller> WRONG = Future.failedFuture("the credential is none");

  private final AccessFiles files;
  private final TokenOwners owners;

  @Inject
  Callers(AccessFiles files, TokenOwners owners) {
    this.files = files;
    this.owners = owners;
  }

  /** Who sends a request, or for whom a node sends it on. */
  Future<Caller> of(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    if (!(exchange.permission().principal() instanceof Principal.Node node)) {
      return of(request);
    }
    String mark = request.getHeader(NodeCredential.MARK);
    Caller caller = mark == null ? new Caller(node) : PrincipalMark.read(mark);
    return caller == null ? WRONG : Future.succeededFuture(caller);
  }

  /**
   * Who sends a request. A credential that is there and is none fails: whoever shows it may be
   * somebody else than they believe, and is not taken for anybody.
   */
  private Future<Caller> of(HttpServerRequest request) {
    if (!request.headers().contains("Authorization")) {
      return ANONYMOUS;
    }
    List<String> credentials = request.headers().getAll("Authorization");
    return credentials.size() == 1 ? of(credentials.getFirst()) : WRONG;
  }

  private Future<Caller> of(String credential) {
    if (!credential.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return WRONG;
    }
    String token = credential.substring(SCHEME.length()).strip();
    Principal owner = files.tokens().owner(token);
    return owner == null ? owners.caller(token) : Future.succeededFuture(new Caller(owner));
  }
}
