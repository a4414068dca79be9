package io.dislog.access.token;

import io.dislog.access.token.TokenException.Flaw;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.InvalidJwtSignatureException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens of one issuer. Safe for use by many threads; checks on the caller's, and never
 * blocks it.
 */
public final class TokenVerifier {

  /** By how much clocks may differ. */
  private static final int SKEW_SECONDS = 60;

  /** The name of a ServiceAccount and its namespace, or what OpenID Connect allows (255). */
  private static final int MOST_SUBJECT_CHARACTERS = 512;

  private static final String PODS = "kubernetes.io";

  /** Those whose verifying key is public: nobody can sign with what everybody may know. */
  private static final AlgorithmConstraints ALGORITHMS =
      new AlgorithmConstraints(
          ConstraintType.PERMIT,
          "RS256",
          "RS384",
          "RS512",
          "PS256",
          "PS384",
          "PS512",
          "ES256",
          "ES384",
          "ES512",
          "EdDSA");

  private final Issuer issuer;
  private final IssuerKeys keys;
  private final InstantSource clock;

  /**
   * @param kept the file for what the issuer says of itself
   */
  public TokenVerifier(Issuer issuer, Path kept, InstantSource clock) {
    this.issuer = issuer;
    this.keys = new IssuerKeys(issuer, new KeysFile(kept, issuer.url().toString()), clock);
    this.clock = clock;
  }

  public Issuer issuer() {
    return issuer;
  }

  /** Asks the issuer for its keys where that is due; called every few seconds. */
  public void refresh() {
    keys.askWhereDue();
  }

  /** Whether this issuer may have signed a token, by what the token says. */
  public boolean mayHaveSigned(String token) {
    IssuerKeys.@Nullable Known known = keys.known();
    try {
      String said = Jwt.issuer(token);
      return known != null
          ? said.equals(known.issuer())
          : issuer.isKubernetes() || said.equals(issuer.url().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Checks a token. One that is signed by a key that is not known has the issuer asked first.
   *
   * @return fails with a {@link TokenException}
   */
  public CompletableFuture<Claims> verify(String token) {
    try {
      return CompletableFuture.completedFuture(check(token));
    } catch (TokenException e) {
      return e.flaw() == Flaw.WRONG
          ? CompletableFuture.failedFuture(e)
          : keys.ask().thenCompose(asked -> verifyNow(token));
    }
  }

  private CompletableFuture<Claims> verifyNow(String token) {
    try {
      return CompletableFuture.completedFuture(check(token));
    } catch (TokenException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Claims check(String token) throws TokenException {
    IssuerKeys.@Nullable Known known = keys.known();
    if (!Jwt.isOne(token)) {
      throw wrong("it is no signed token");
    }
    if (known == null) {
      throw new TokenException(
          Flaw.NO_KEYS, "the keys of issuer %s are not known yet".formatted(issuer.name()));
    }
    try {
      return claims(consumer(known).processToClaims(token));
    } catch (InvalidJwtSignatureException e) {
      throw wrong("its signature is wrong");
    } catch (InvalidJwtException e) {
      throw e.getCause() instanceof UnresolvableKeyException
          ? new TokenException(Flaw.UNKNOWN_KEY, "no key of its issuer has signed it")
          : wrong(said(e));
    } catch (MalformedClaimException | RuntimeException e) {
      throw wrong("what it says can't be read");
    }
  }

  private static TokenException wrong(String message) {
    return new TokenException(Flaw.WRONG, message);
  }

  /** Made for each token: what is known of the issuer changes, and it holds what it last saw. */
  private JwtConsumer consumer(IssuerKeys.Known known) {
    JwksVerificationKeyResolver resolver = new JwksVerificationKeyResolver(known.keys());
    resolver.setDisambiguateWithVerifySignature(true);
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(resolver)
        .setJwsAlgorithmConstraints(ALGORITHMS)
        .setExpectedIssuer(true, known.issuer())
        .setSkipDefaultAudienceValidation()
        .setRequireSubject()
        .setRequireExpirationTime()
        .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .build();
  }

  private static String said(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
      return "it has expired";
    }
    return e.hasErrorCode(ErrorCodes.ISSUER_INVALID)
        ? "it is of another issuer"
        : "it is not valid";
  }

  private Claims claims(JwtClaims said) throws MalformedClaimException {
    String subject = said.getSubject();
    if (subject.length() > MOST_SUBJECT_CHARACTERS) {
      throw new MalformedClaimException("the subject is too long");
    }
    Set<String> groups = new HashSet<>();
    if (said.getClaimValue("groups") instanceof List<?> listed) {
      listed.stream().filter(String.class::isInstance).forEach(group -> groups.add((String) group));
    }
    return new Claims(
        issuer,
        subject,
        said.hasAudience() ? new HashSet<>(said.getAudience()) : Set.of(),
        said.getExpirationTime().getValueInMillis() + SKEW_SECONDS * 1000L,
        groups,
        pod(said));
  }

  private static @Nullable String pod(JwtClaims said) {
    return said.getClaimValue(PODS) instanceof Map<?, ?> kubernetes
            && kubernetes.get("pod") instanceof Map<?, ?> pod
            && pod.get("name") instanceof String name
        ? name
        : null;
  }
}
