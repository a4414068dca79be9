package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.access.token.FakeIssuer;
import io.dislog.http.Api;
import io.dislog.http.Operations;
import io.dislog.http.Operations.Operation;
import io.dislog.kit.Artefact;
import io.dislog.kit.Await;
import io.dislog.kit.ClusterProcess;
import io.dislog.kit.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever of three nodes is asked: nobody may what no rule allows, whatever they claim. */
final class AccessIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int NODES = 3;
  private static final String LOG = "/v1/logs/till-1";
  private static final String RECORDS = LOG + "/records";

  private static final String RULES =
      """
      rules:
        - {who: ["oidc:corp:sub:root"], may: [admin]}
        - {who: ["oidc:corp:sub:till"], may: [append], logs: ["till-*", "stream:till/*"]}
        - {who: ["oidc:corp:sub:reader"], may: [read], logs: ["till-*"]}
      """;

  private static final Map.Entry<String, @Nullable String> NOBODY =
      new AbstractMap.SimpleImmutableEntry<>("nobody", null);

  /** What a client may claim, and only a node is believed. */
  private static final List<List<String>> CLAIMS =
      List.of(
          List.of("Dislog-Forwarded", "n1"),
          List.of("Dislog-Forwarded", "n1", "Dislog-Principal", "operator"),
          List.of(
              "Dislog-Node", "node=\"n1\"", "Dislog-Principal", "named;oidc%3Acorp%3Asub%3Aroot"),
          List.of("X-Forwarded-For", "127.0.0.1", "Forwarded", "for=127.0.0.1"));

  @Test
  void nobodyPassesThroughAnyNode(@TempDir Path folder) throws Exception {
    try (FakeIssuer issuer = new FakeIssuer(0);
        ClusterProcess cluster = start(folder, issuer)) {
      cluster.awaitReady(PATIENCE);
      List<Api> nodes = cluster.members().stream().map(member -> new Api(member.api())).toList();
      String root = issuer.token("root", "logs", claims -> {});
      for (Api node : nodes) {
        Await.until(
            "a node takes the administrator's token",
            PATIENCE,
            () -> send(node, root, "PUT", LOG, List.of()).status() / 100 == 2);
      }
      everybodyHasTheirRights(nodes, issuer);
      for (Api node : nodes) {
        nobodyHasMore(node, issuer);
      }
    }
  }

  private static void everybodyHasTheirRights(List<Api> nodes, FakeIssuer issuer) {
    String till = issuer.token("till", "logs", claims -> {});
    String reader = issuer.token("reader", "logs", claims -> {});
    for (Api node : nodes) {
      Await.until(
          "a node appends for whoever may",
          PATIENCE,
          () -> send(node, till, "POST", RECORDS, List.of()).status() == 201);
      assertThat(send(node, till, "GET", RECORDS, List.of()).status()).isEqualTo(403);
      assertThat(send(node, reader, "GET", RECORDS, List.of()).status()).isEqualTo(200);
      assertThat(send(node, reader, "POST", RECORDS, List.of()).status()).isEqualTo(403);
      assertThat(send(node, reader, "DELETE", LOG, List.of()).status()).isEqualTo(403);
      assertThat(send(node, till, "PATCH", "/v1/defaults", List.of()).status()).isEqualTo(403);
    }
  }

  private static void nobodyHasMore(Api node, FakeIssuer issuer) throws IOException {
    for (Operation operation : Operations.all()) {
      for (Map.Entry<String, @Nullable String> who : wrong(issuer).entrySet()) {
        refuse(node, operation, operation.path(), who, List.of());
      }
      for (List<String> claims : CLAIMS) {
        refuse(node, operation, operation.encodedPath(), NOBODY, claims);
      }
    }
    for (String path : List.of("outline", "logs/till-1/stores/0?id=1&size=1")) {
      String files = "/v1/cluster/shards/0/" + path;
      String root = issuer.token("root", "logs", claims -> {});
      assertThat(send(node, root, "GET", files, List.of()).status()).isEqualTo(403);
      assertThat(send(node, null, "GET", files, List.of()).status()).isEqualTo(401);
    }
  }

  private static void refuse(
      Api node,
      Operation operation,
      String path,
      Map.Entry<String, @Nullable String> who,
      List<String> claims) {
    assertThat(send(node, who.getValue(), operation.method(), path, claims).status())
        .as("%s %s by %s, who claims %s", operation.method(), path, who.getKey(), claims)
        .isEqualTo(401);
  }

  private static Map<String, @Nullable String> wrong(FakeIssuer issuer) {
    Map<String, @Nullable String> wrong = new LinkedHashMap<>();
    String right = root(issuer, claims -> {});
    wrong.put(NOBODY.getKey(), NOBODY.getValue());
    wrong.put("somebody for another audience", issuer.token("root", "other", claims -> {}));
    wrong.put("somebody of before", root(issuer, claims -> claims.setExpirationTime(past())));
    wrong.put("another issuer", root(issuer, claims -> claims.setIssuer("https://corp.example")));
    wrong.put("none", "eyJhbGciOiJub25lIn0" + right.substring(right.indexOf('.')));
    wrong.put("somebody else", right.replaceFirst("\\.(.)", ".$1$1"));
    return wrong;
  }

  private static String root(FakeIssuer issuer, Consumer<JwtClaims> more) {
    return issuer.token("root", "logs", more);
  }

  private static NumericDate past() {
    return NumericDate.fromSeconds(NumericDate.now().getValue() - 90);
  }

  private static Api.Answer send(
      Api node, @Nullable String token, String method, String path, List<String> claims) {
    List<String> headers = new ArrayList<>(claims);
    if (token != null) {
      headers.addAll(List.of("Authorization", "Bearer " + token));
    }
    String body = method.equals("POST") ? "x" : null;
    return node.send(method, path, body, headers.toArray(String[]::new));
  }

  private static ClusterProcess start(Path folder, FakeIssuer issuer) throws IOException {
    Path rules = Files.writeString(folder.resolve("rules.yaml"), RULES);
    Artefact service = Artefact.at(Path.of("target/quarkus-app"));
    List<Member> members = ClusterProcess.onFreePorts(NODES);
    ClusterProcess cluster =
        new ClusterProcess(
            members,
            folder.resolve("nodes"),
            (number, settings) -> {
              List<String> all = new ArrayList<>(settings);
              all.add("-Ddislog.raft.shards=2");
              all.add("-Ddislog.auth.rules-file=" + rules);
              all.add("-Ddislog.auth.issuers=corp");
              all.add("-Ddislog.auth.issuer.corp.url=" + issuer.url());
              all.add("-Ddislog.auth.issuer.corp.audience=logs");
              return new ProcessBuilder(service.command(all)).directory(folder.toFile());
            });
    try {
      cluster.launch();
      return cluster;
    } catch (IOException e) {
      cluster.close();
      throw e;
    }
  }
}
