package io.dislog.http.access;

import io.dislog.access.token.Claims;
import io.dislog.access.token.TokenVerifier;
import io.dislog.http.config.ServiceConfig;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** What signed tokens say. Safe for use by many threads, and never blocks. */
@Singleton
final class TokenIssuers {

  private static final long LOOK_MILLIS = 5000;

  private final List<TokenVerifier> verifiers;

  @Inject
  TokenIssuers(ServiceConfig config) {
    Path kept = Path.of(config.dataDir(), "issuers");
    verifiers =
        IssuerSettings.of(config).stream()
            .map(issuer ->
                new TokenVerifier(issuer, kept.resolve(issuer.name()), InstantSource.system()))
            .toList();
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    if (!verifiers.isEmpty()) {
      look();
      vertx.setPeriodic(LOOK_MILLIS, time -> look());
    }
  }

  private void look() {
    verifiers.forEach(TokenVerifier::refresh);
  }

  /**
   * What a token says.
   *
   * @return fails with a {@link io.dislog.access.token.TokenException} where it is none, or that
   *     can't be known
   */
  Future<Claims> claims(String token) {
    for (TokenVerifier verifier : verifiers) {
      if (verifier.mayHaveSigned(token)) {
        return Future.fromCompletionStage(verifier.verify(token));
      }
    }
    return Future.failedFuture("nobody who is known has signed it");
  }
}
