package io.dislog.http.access;

import io.dislog.access.Principal;
import io.dislog.access.token.Claims;
import io.dislog.access.token.TokenException;
import io.dislog.access.token.TokenException.Flaw;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.vertx.core.Future;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whose a signed token is. Safe for use by many threads, and never blocks. */
@Singleton
final class TokenOwners {

  private static final String SERVICE_ACCOUNTS = "system:serviceaccounts";
  private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

  private final TokenCache<Caller> cache = new TokenCache<>(InstantSource.system());
  private final Set<String> taken;
  private final TokenIssuers issuers;
  private final ClusterTokens cluster;

  @Inject
  TokenOwners(ServiceConfig config, TokenIssuers issuers, ClusterTokens cluster) {
    this.taken = IssuerSettings.names(config);
    this.issuers = issuers;
    this.cluster = cluster;
  }

  /**
   * Whose a token is.
   *
   * @return fails where it is none; with a problem where that can't be known yet
   */
  Future<Caller> caller(String token) {
    Caller known = cache.value(token);
    return known != null
        ? Future.succeededFuture(known)
        : issuers
            .claims(token)
            .compose(claims -> accept(token, claims))
            .recover(TokenOwners::undecided);
  }

  private Future<Caller> accept(String token, Claims claims) {
    Principal principal = principal(claims);
    if (principal == null) {
      return Future.failedFuture("it is for somebody else");
    }
    Caller caller = new Caller(principal, claims.expiresAt(), false);
    cache.add(token, caller, claims.expiresAt());
    return Future.succeededFuture(caller);
  }

  private static Future<Caller> undecided(Throwable failure) {
    return failure instanceof TokenException token && token.flaw() == Flaw.NO_KEYS
        ? Future.failedFuture(
            new ProblemException(
                Problem.of(ProblemType.NOT_READY, String.valueOf(token.getMessage()))))
        : Future.failedFuture(failure);
  }

  /** Who is meant by a token that is for this service; null where it is for somebody else. */
  private @Nullable Principal principal(Claims claims) {
    if (cluster.isOperators(claims)) {
      return new Principal.Operator();
    }
    boolean isTaken =
        taken.contains(claims.issuer().name())
            && claims.audience().contains(claims.issuer().audience());
    if (!isTaken) {
      return null;
    }
    return claims.issuer().isKubernetes()
        ? serviceAccount(claims.subject())
        : of(claims, "oidc:%s:".formatted(claims.issuer().name()));
  }

  private static Principal of(Claims claims, String prefix) {
    return new Principal.Named(
        prefix + "sub:" + claims.subject(),
        claims.groups().stream()
            .map(group -> prefix + "group:" + group)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static @Nullable Principal serviceAccount(String subject) {
    String[] words = subject.split(":", -1);
    return subject.startsWith(SERVICE_ACCOUNT) && words.length == 4
        ? new Principal.Named(subject, Set.of(SERVICE_ACCOUNTS, SERVICE_ACCOUNTS + ":" + words[2]))
        : null;
  }
}
