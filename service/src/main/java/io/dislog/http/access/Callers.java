package io.dislog.http.access;

import io.dislog.access.Principal;
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

  @Inject
  Callers(AccessFiles files) {
    this.files = files;
  }

  /**
   * Who sends a request. A credential that is there and is none fails: whoever shows it may be
   * somebody else than they believe, and is not taken for anybody.
   */
  Future<Caller> of(HttpServerRequest request) {
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
    Principal owner = files.tokens().owner(credential.substring(SCHEME.length()).strip());
    return owner == null ? WRONG : Future.succeededFuture(new Caller(owner));
  }
}
