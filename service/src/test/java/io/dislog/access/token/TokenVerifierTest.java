package io.dislog.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.access.token.TokenException.Flaw;
import io.dislog.http.Await;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are taken, while their issuer is there, changes its keys, and is not there. */
final class TokenVerifierTest {

  @TempDir Path folder;
  private final AtomicLong aheadMillis = new AtomicLong();
  private final InstantSource clock = () -> Instant.now().plusMillis(aheadMillis.get());
  private FakeIssuer issuer;
  private TokenVerifier verifier;

  @BeforeEach
  void begin() throws IOException {
    issuer = new FakeIssuer(0);
    verifier = verifier();
  }

  @AfterEach
  void end() {
    issuer.close();
  }

  private TokenVerifier verifier() {
    return new TokenVerifier(
        new Issuer("corp", URI.create(issuer.url()), "dislog", null, null),
        folder.resolve("issuers/corp"),
        clock);
  }

  @Test
  void aTokenSaysWhoseItIs() throws TokenException {
    String token =
        issuer.token("jane", "dislog", claims -> claims.setStringListClaim("groups", "ops", "dev"));
    Claims claims = verify(token);
    assertThat(claims.subject()).isEqualTo("jane");
    assertThat(claims.audience()).containsExactly("dislog");
    assertThat(claims.groups()).containsExactlyInAnyOrder("ops", "dev");
    assertThat(claims.expiresAt())
        .isBetween(clock.millis() + 3_600_000, clock.millis() + 3_700_000);
    assertThat(verifier.mayHaveSigned(token)).isTrue();
    assertThat(verifier.mayHaveSigned(token.replaceFirst("\\..*\\.", ".e30."))).isFalse();
    assertThat(verifier.mayHaveSigned("secret")).isFalse();
  }

  @Test
  void clocksMayDifferByAMinute() throws TokenException {
    assertThat(verify(token(-30)).subject()).isEqualTo("jane");
    assertThat(flaw(token(-90))).isEqualTo(Flaw.WRONG);
    String later = issuer.token("jane", "dislog", claims -> claims.setNotBefore(FakeIssuer.in(30)));
    assertThat(verify(later).subject()).isEqualTo("jane");
    String muchLater =
        issuer.token("jane", "dislog", claims -> claims.setNotBefore(FakeIssuer.in(90)));
    assertThat(flaw(muchLater)).isEqualTo(Flaw.WRONG);
  }

  private String token(long seconds) {
    return issuer.token(
        "jane", "dislog", claims -> claims.setExpirationTime(FakeIssuer.in(seconds)));
  }

  @Test
  void whatIsMissingOrAnothersIsRefused() {
    for (String claim : List.of("iss", "sub", "exp")) {
      assertThat(flaw(issuer.token("jane", "dislog", claims -> claims.unsetClaim(claim))))
          .as(claim)
          .isEqualTo(Flaw.WRONG);
    }
    assertThat(flaw(issuer.token("jane", "dislog", claims -> claims.setIssuer(issuer.url() + "/"))))
        .isEqualTo(Flaw.WRONG);
    for (String text : List.of("", ".", "..", "a.b.c", "a.b.c.d.e", "x".repeat(100_000))) {
      assertThat(flaw(text)).isEqualTo(Flaw.WRONG);
    }
  }

  @Test
  void aSignatureThatEverybodyCanMakeIsNone() throws JoseException {
    String sound = issuer.token("jane", "dislog", claims -> {});
    String payload = sound.split("\\.", -1)[1];
    for (String algorithm : List.of("none", "None", "NONE", "")) {
      String head = encoded("{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid()));
      assertThat(flaw(head + "." + payload + ".")).isNotNull();
      assertThat(flaw(head + sound.substring(sound.indexOf('.')))).isNotNull();
    }
    byte[] publicKey = ((PublicJsonWebKey) issuer.key()).getPublicKey().getEncoded();
    JsonWebSignature hmac = new JsonWebSignature();
    hmac.setPayload(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
    hmac.setKey(new HmacKey(publicKey));
    hmac.setKeyIdHeaderValue(kid());
    hmac.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    assertThat(flaw(hmac.getCompactSerialization())).isNotNull();
  }

  @Test
  void aKeyThatComesWithTheTokenIsNone() throws JoseException {
    verifyQuietly(issuer.token("jane", "dislog", claims -> {}));
    PublicJsonWebKey own = FakeIssuer.newKey();
    for (String kid : new String[] {kid(), own.getKeyId()}) {
      JsonWebSignature signed = new JsonWebSignature();
      JwtClaims claims = new JwtClaims();
      claims.setIssuer(issuer.url());
      claims.setSubject("jane");
      claims.setExpirationTime(FakeIssuer.in(60));
      signed.setPayload(claims.toJson());
      signed.setKey(own.getPrivateKey());
      signed.setKeyIdHeaderValue(kid);
      signed.setJwkHeader(own);
      signed.setHeader("jku", issuer.url() + "/evil");
      signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
      assertThat(flaw(signed.getCompactSerialization())).isNotNull();
    }
    assertThat(issuer.asked()).noneMatch(path -> path.contains("evil"));
  }

  @Test
  void noneOfTenThousandMutationsIsTaken() throws TokenException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String sound = issuer.token("jane", "dislog", claims -> {});
    assertThat(verify(sound).subject()).isEqualTo("jane");
    for (int i = 0; i < 10_000; i++) {
      String mutated = mutation(sound, random);
      if (!mutated.equals(sound)) {
        assertThat(flaw(mutated)).as("seed %d, %s", seed, mutated).isNotNull();
      }
    }
  }

  private static String mutation(String token, Random random) {
    StringBuilder text = new StringBuilder(token);
    int at = random.nextInt(text.length());
    switch (random.nextInt(5)) {
      case 0 -> text.setCharAt(at, (char) (text.charAt(at) ^ 1 << random.nextInt(7)));
      case 1 -> text.deleteCharAt(at);
      case 2 -> text.insert(at, (char) (33 + random.nextInt(90)));
      case 3 -> text.setLength(at);
      default -> text.setCharAt(at, text.charAt(random.nextInt(text.length())));
    }
    return text.toString();
  }

  @Test
  void keysAreAskedForWhenANewOneSigns() throws TokenException {
    verify(issuer.token("jane", "dislog", claims -> {}));
    issuer.rotate();
    assertThat(flaw(issuer.token("jane", "dislog", claims -> {}))).isEqualTo(Flaw.UNKNOWN_KEY);
    int before = issuer.asked().size();
    for (int i = 0; i < 100; i++) {
      assertThat(flaw(issuer.token("jane", "dislog", claims -> {}))).isEqualTo(Flaw.UNKNOWN_KEY);
    }
    assertThat(issuer.asked()).hasSize(before);
    aheadMillis.addAndGet(11_000);
    assertThat(verify(issuer.token("jane", "dislog", claims -> {})).subject()).isEqualTo("jane");
  }

  @Test
  void whatTheIssuerWithdrawsIsNoKeyAnyMore() throws TokenException {
    String old = issuer.token("jane", "dislog", claims -> {});
    verify(old);
    issuer.rotate();
    issuer.withdrawOthers();
    assertThat(verify(old).subject()).isEqualTo("jane");
    aheadMillis.addAndGet(11 * 60_000);
    verifier.refresh();
    Await.until(() -> flaw(old) != null);
    assertThat(flaw(old)).isEqualTo(Flaw.UNKNOWN_KEY);
  }

  @Test
  void whileTheIssuerIsAwayItsKeysStayAlsoOverARestart() throws TokenException {
    String token = issuer.token("jane", "dislog", claims -> {});
    verify(token);
    issuer.down(true);
    String later =
        issuer.token(
            "jane", "dislog", claims -> claims.setExpirationTime(FakeIssuer.in(10 * 3600)));
    for (int minutes = 0; minutes < 65; minutes += 5) {
      aheadMillis.addAndGet(5 * 60_000);
      verifier.refresh();
      assertThat(verify(later).subject()).isEqualTo("jane");
    }
    verifier = verifier();
    assertThat(verify(later).subject()).isEqualTo("jane");
    assertThat(flaw(token)).isEqualTo(Flaw.WRONG); // It has expired meanwhile.
  }

  @Test
  void withoutItsKeysNothingIsDecided() throws TokenException {
    issuer.down(true);
    String token = issuer.token("jane", "dislog", claims -> {});
    assertThat(flaw(token)).isEqualTo(Flaw.NO_KEYS);
    issuer.down(false);
    aheadMillis.addAndGet(11_000);
    assertThat(verify(token).subject()).isEqualTo("jane");
  }

  @Test
  void kubernetesIsShownThePodsTokenAndNamesItselfInIt() throws IOException, TokenException {
    Path own = folder.resolve("token");
    Files.writeString(
        own, issuer.token("system:serviceaccount:team:demo", "api", claims -> {}) + "\n");
    verifier =
        new TokenVerifier(
            new Issuer("kubernetes", URI.create(issuer.url()), "dislog", null, own),
            folder.resolve("kubernetes"),
            clock);
    String token =
        issuer.token(
            "system:serviceaccount:shop:till",
            "dislog",
            claims ->
                claims.setClaim(
                    "kubernetes.io", Map.of("namespace", "shop", "pod", Map.of("name", "till-0"))));
    Claims claims = verify(token);
    assertThat(claims.subject()).isEqualTo("system:serviceaccount:shop:till");
    assertThat(claims.pod()).isEqualTo("till-0");
    assertThat(issuer.asked())
        .containsExactly("/openid/v1/jwks Bearer " + Files.readString(own).strip());
  }

  private String kid() {
    return issuer.key().getKeyId();
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private void verifyQuietly(String token) {
    assertThat(flaw(token)).isNull();
  }

  private @Nullable Flaw flaw(String token) {
    try {
      verify(token);
      return null;
    } catch (TokenException e) {
      return e.flaw();
    }
  }

  private Claims verify(String token) throws TokenException {
    try {
      return verifier.verify(token).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TokenException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
