package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.access.token.FakeIssuer;
import io.dislog.http.AccessProfile;
import io.dislog.http.Api;
import io.dislog.http.Await;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.PeerStub;
import io.dislog.http.notation.ProblemType;
import io.dislog.kit.FreePort;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a node in a pod takes for another node, and for the operator. */
@QuarkusTest
@TestProfile(ClusterTokensTest.Profile.class)
final class ClusterTokensTest {

  private static final String OUTLINE = "/v1/cluster/shards/0/outline";
  private static final String PODS = "system:serviceaccount:team:demo";
  private static final String OPERATOR = "system:serviceaccount:dislog-system:dislog-operator";
  private static final String FOR_NODES = "dislog-nodes:team/demo";
  private static final String FOR_OPERATOR = "dislog-operator:team/demo";

  @TestHTTPResource URI base;

  private static FakeIssuer kubernetes;
  private Api api;

  /** A node in a pod, without rules. */
  public static final class Profile extends ClusterProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      int port = FreePort.next();
      Path folder = Path.of(settings.get("dislog.data-dir")).resolveSibling("pod-" + port);
      String token = folder.resolve("token").toString();
      try (FakeIssuer begun = new FakeIssuer(port)) {
        Files.createDirectories(folder);
        AccessProfile.write(token, ofPod(begun, PODS, FOR_NODES, "demo-0"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      settings.put("dislog.nodes.token-file", token);
      settings.put("dislog.auth.operator", OPERATOR);
      settings.put("dislog.auth.issuer.kubernetes.url", "http://127.0.0.1:" + port);
      settings.put("dislog.auth.issuer.kubernetes.token-file", token);
      return settings;
    }
  }

  private static String ofPod(FakeIssuer issuer, String account, String audience, String pod) {
    return issuer.token(
        account,
        audience,
        claims ->
            claims.setClaim(
                "kubernetes.io", Map.of("namespace", "team", "pod", Map.of("name", pod))));
  }

  @BeforeAll
  static void start() throws IOException {
    String url =
        ConfigProvider.getConfig().getValue("dislog.auth.issuer.kubernetes.url", String.class);
    kubernetes = new FakeIssuer(URI.create(url).getPort());
  }

  @AfterAll
  static void end() {
    kubernetes.close();
  }

  @BeforeEach
  void begin() {
    FakeCluster.current.reset();
    api = new Api(base);
    Await.until(() -> asNode("demo-1", PODS, FOR_NODES, "demo-1").status() == 503);
  }

  @Test
  void nodesAreTakenForNodesAndNobodyElseIs() {
    assertThat(asNode("demo-10", PODS, FOR_NODES, "demo-10").status()).isEqualTo(503);
    for (Api.Answer answer :
        new Api.Answer[] {
          api.get(OUTLINE),
          asNode("demo-1", PODS, FOR_NODES, "demo-2"),
          asNode("demo-01", PODS, FOR_NODES, "demo-01"),
          asNode("demo-x", PODS, FOR_NODES, "demo-x"),
          asNode("other-1", PODS, FOR_NODES, "other-1"),
          asNode("demo-1", PODS, "dislog-nodes:team/other", "demo-1"),
          asNode("demo-1", PODS, "dislog", "demo-1"),
          asNode("demo-1", PODS, FOR_OPERATOR, "demo-1"),
          asNode("demo-1", "system:serviceaccount:team:till", FOR_NODES, "demo-1"),
          asNode("demo-1", "system:serviceaccount:other:demo", FOR_NODES, "demo-1"),
          shown("demo-1", kubernetes.token(PODS, FOR_NODES, claims -> {})),
          shown(
              "demo-1",
              kubernetes.token(PODS, FOR_NODES, claims -> claims.setAudience(FOR_NODES, "dislog"))),
          shown("demo-1", "x.y.z"),
          api.get(OUTLINE, "Dislog-Node", "node=\"demo-1\""),
          api.get(OUTLINE, "Authorization", "Bearer " + nodes("demo-1"))
        }) {
      answer.refusedAs(ProblemType.UNAUTHENTICATED);
    }
  }

  @Test
  void theOperatorIsTakenForOneAndNobodyElseIs() {
    assertThat(asBearer(OPERATOR, FOR_OPERATOR).status()).isEqualTo(200);
    asBearer(OPERATOR, "dislog-operator:team/other").refusedAs(ProblemType.UNAUTHENTICATED);
    asBearer(OPERATOR, "dislog").refusedAs(ProblemType.UNAUTHENTICATED);
    asBearer("system:serviceaccount:dislog-system:other", FOR_OPERATOR)
        .refusedAs(ProblemType.UNAUTHENTICATED);
    asBearer(PODS, FOR_NODES).refusedAs(ProblemType.UNAUTHENTICATED);
  }

  @Test
  void nobodyChangesTheClusterWithoutAToken() {
    send("PATCH", "/v1/defaults", "{}").refusedAs(ProblemType.UNAUTHENTICATED);
    send("PUT", "/v1/cluster/shards/0/leader", "{\"node\":\"n1\"}")
        .refusedAs(ProblemType.UNAUTHENTICATED);
    send("DELETE", "/v1/cluster/nodes/n1", null).refusedAs(ProblemType.UNAUTHENTICATED);
    assertThat(api.get("/v1/defaults").status()).isEqualTo(200);
  }

  @Test
  void aNodeShowsItsTokenToOthers() throws IOException {
    try (PeerStub leader = new PeerStub("n2", request -> PeerStub.answer(201, "", "{}"))) {
      FakeCluster.current.led(leader.member());
      assertThat(api.send("PUT", "/v1/logs/orders", "").status()).isEqualTo(201);
      String shown = leader.requests().getFirst().header("Dislog-Node");
      String own =
          Files.readString(
              Path.of(
                  ConfigProvider.getConfig().getValue("dislog.nodes.token-file", String.class)));
      assertThat(shown).isEqualTo("node=\"n1\", token=\"" + own + "\"");
      assertThat(leader.requests().getFirst().header("Dislog-Principal")).isEqualTo("anonymous");
    }
  }

  private Api.Answer asBearer(String account, String audience) {
    return send(
        "PATCH",
        "/v1/defaults",
        "{}",
        "Authorization",
        "Bearer " + kubernetes.token(account, audience, claims -> {}));
  }

  private Api.Answer send(String method, String path, @Nullable String body, String... headers) {
    String[] all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 0, headers.length);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "application/json";
    return api.send(method, path, body, all);
  }

  private String nodes(String pod) {
    return ofPod(kubernetes, PODS, FOR_NODES, pod);
  }

  private Api.Answer asNode(String node, String account, String audience, String pod) {
    return shown(node, ofPod(kubernetes, account, audience, pod));
  }

  private Api.Answer shown(String node, String token) {
    return api.get(OUTLINE, "Dislog-Node", "node=\"%s\", token=\"%s\"".formatted(node, token));
  }
}
