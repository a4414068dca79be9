package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.access.token.FakeIssuer;
import io.dislog.http.Operations.Operation;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who comes with a signed token, and who only seems to. */
@QuarkusTest
@TestProfile(TokenProfile.class)
final class TokensApiTest {

  private static final String LOG = "/v1/logs/till-1";

  @TestHTTPResource URI base;

  private static FakeIssuer corp;
  private static FakeIssuer kubernetes;
  private Api api;

  @BeforeAll
  static void start() throws IOException {
    corp = new FakeIssuer(URI.create(setting("issuer.corp.url")).getPort());
    kubernetes = new FakeIssuer(URI.create(setting("issuer.kubernetes.url")).getPort());
    AccessProfile.write(
        setting("issuer.kubernetes.token-file"),
        kubernetes.token("system:serviceaccount:team:demo-0", "api", claims -> {}));
  }

  @BeforeEach
  void begin() {
    api = new Api(base);
    corp.down(false);
    AccessProfile.write(setting("rules-file"), TokenProfile.RULES);
    // Until the service has asked the issuers, one of which has another key than before.
    Await.until(() -> send(root(), "PUT", LOG, "").status() / 100 == 2);
    Await.until(() -> send(account("shop:till"), "GET", LOG, null).status() == 200);
    Await.until(() -> send(jane(claims -> {}), "GET", LOG, null).status() == 200);
  }

  @AfterAll
  static void end() {
    corp.close();
    kubernetes.close();
  }

  @Test
  void namesAndGroupsAreThoseOfTheToken() {
    assertThat(send(jane(claims -> {}), "GET", LOG, null).status()).isEqualTo(200);
    send(jane(claims -> {}), "POST", LOG + "/records", "x").refusedAs(ProblemType.FORBIDDEN);
    String ops = jane(claims -> claims.setStringListClaim("groups", "ops", "dev"));
    assertThat(send(ops, "POST", LOG + "/records", "x").status()).isEqualTo(201);
    assertThat(send(account("shop:till"), "POST", LOG + "/records", "x").status()).isEqualTo(201);
    assertThat(send(account("shop:other"), "GET", LOG, null).status()).isEqualTo(200);
    send(account("shop:other"), "POST", LOG + "/records", "x").refusedAs(ProblemType.FORBIDDEN);
    send(account("else:till"), "GET", LOG, null).refusedAs(ProblemType.UNKNOWN_LOG);
    send(corp("system:serviceaccount:shop:till"), "GET", LOG, null)
        .refusedAs(ProblemType.UNKNOWN_LOG);
  }

  @Test
  void everyRequestIsRefusedToWhomeverMayNot() throws IOException {
    Map<String, @Nullable String> wrong = new LinkedHashMap<>();
    wrong.put("no credential", null);
    wrong.put("another audience", corp.token("root", "other", claims -> {}));
    wrong.put("no audience", corp.token("root", "x", claims -> claims.unsetClaim("aud")));
    wrong.put("expired", root(claims -> claims.setExpirationTime(seconds(-90))));
    wrong.put("another issuer", root(claims -> claims.setIssuer("https://corp.example")));
    wrong.put("the other issuer's name", root(claims -> claims.setIssuer(kubernetes.url())));
    wrong.put("none", "eyJhbGciOiJub25lIn0" + root().substring(root().indexOf('.')));
    wrong.put("tampered", root().replaceFirst("\\.(.)", ".$1$1"));
    wrong.put(
        "for nodes", kubernetes.token("system:serviceaccount:t:d", "dislog-nodes:t/d", c -> {}));
    wrong.put("no token", "root");
    for (Operation operation : Operations.all()) {
      String method = operation.method();
      for (Map.Entry<String, @Nullable String> who : wrong.entrySet()) {
        for (String path : List.of(operation.path(), operation.encodedPath())) {
          Api.Answer answer =
              send(who.getValue(), method, path, null, "Dislog-Principal", "operator");
          assertThat(answer.status()).as("%s %s by %s", method, path, who.getKey()).isEqualTo(401);
          answer.aboutNoLog();
        }
      }
      Api.Answer stranger = send(corp("mallory"), method, operation.path(), null);
      assertThat(stranger.status() == 403 || stranger.status() == 404)
          .as(operation + " " + stranger.status())
          .isEqualTo(!operation.isForAll() || operation.template().contains("{id}"));
      stranger.aboutNoLog();
      assertThat(send(root(), method, operation.path(), null).status())
          .as(operation.toString())
          .isNotIn(401, 403);
    }
  }

  @Test
  void aStreamEndsWithItsReadersToken() throws IOException {
    Consumer<JwtClaims> soon = claims -> claims.setExpirationTime(seconds(-56));
    readToTheEnd(LOG + "/records", jane(soon), () -> {});
    send(root(), "PUT", "/v1/stream/till/a", null);
    readToTheEnd("/v1/stream/till/a?offset=-1&live=sse", jane(soon), () -> {});
  }

  @Test
  void aStreamEndsWhenARuleTakesTheRight() throws IOException {
    Runnable without =
        () ->
            AccessProfile.write(
                setting("rules-file"), TokenProfile.RULES.replace("sub:jane", "sub:nobody"));
    readToTheEnd(LOG + "/records", jane(claims -> {}), without);
  }

  private void readToTheEnd(String path, String token, Runnable then) throws IOException {
    try (Wire wire = new Wire(base)) {
      wire.send(
          "GET %s HTTP/1.1\nHost: a\nAccept: text/event-stream\nAuthorization: Bearer %s\n\n"
              .formatted(path, token));
      assertThat(wire.readUntil("\r\n\r\n")).contains(" 200 ");
      then.run();
      wire.readUntil("\r\n0\r\n\r\n");
    }
  }

  @Test
  void aTokenThatWasCheckedIsNotCheckedAgainForAWhile() {
    String token = jane(claims -> {});
    assertThat(send(token, "GET", LOG, null).status()).isEqualTo(200);
    corp.down(true);
    corp.rotate();
    for (int i = 0; i < 10; i++) {
      assertThat(send(token, "GET", LOG, null).status()).isEqualTo(200);
    }
    send(jane(claims -> {}), "GET", LOG, null).refusedAs(ProblemType.UNAUTHENTICATED);
  }

  private Api.Answer send(
      @Nullable String token, String method, String path, @Nullable String body, String... more) {
    String[] headers = new String[more.length + (token == null ? 0 : 2)];
    System.arraycopy(more, 0, headers, 0, more.length);
    if (token != null) {
      headers[more.length] = "Authorization";
      headers[more.length + 1] = "Bearer " + token;
    }
    return api.send(method, path, body, headers);
  }

  private String root() {
    return root(claims -> {});
  }

  private String root(Consumer<JwtClaims> more) {
    return corp.token("root", "logs.corp", more);
  }

  private String jane(Consumer<JwtClaims> more) {
    return corp.token("jane", "logs.corp", more);
  }

  private String corp(String subject) {
    return corp.token(subject, "logs.corp", claims -> {});
  }

  private String account(String name) {
    return kubernetes.token("system:serviceaccount:" + name, "dislog", claims -> {});
  }

  private static NumericDate seconds(long fromNow) {
    return NumericDate.fromSeconds(NumericDate.now().getValue() + fromNow);
  }

  private static String setting(String name) {
    return Objects.requireNonNull(
        ConfigProvider.getConfig().getValue("dislog.auth." + name, String.class));
  }
}
