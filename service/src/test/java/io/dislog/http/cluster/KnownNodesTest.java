package io.dislog.http.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.access.node.NodeRequest;
import io.dislog.access.node.NodeSecret;
import io.dislog.access.node.SharedSecret;
import io.dislog.access.node.Verifier;
import io.dislog.http.AccessProfile;
import io.dislog.http.Api;
import io.dislog.http.Api.Answer;
import io.dislog.http.Await;
import io.dislog.http.ClusterProfile;
import io.dislog.http.FakeCluster;
import io.dislog.http.PeerStub;
import io.dislog.http.PeerStub.Request;
import io.dislog.http.notation.ProblemType;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes show each other, and what nobody else can make a node believe. */
@QuarkusTest
@TestProfile(KnownNodesTest.Profile.class)
final class KnownNodesTest {

  private static final String LOG = "/v1/logs/till-1";
  private static final String RECORDS = LOG + "/records";
  private static final String TILL = "named;token%3Atill";
  private static final String ROOT = "named;token%3Aroot";
  private static final String TOKEN = "Bearer " + AccessProfile.secret("till");

  @TestHTTPResource URI base;

  private FakeCluster cluster;
  private Api api;
  private NodeSecret secret;
  private SharedSecret other;

  /** A node with a secret, rules and tokens. */
  public static final class Profile extends ClusterProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
      Map<String, String> access = new HashMap<>(new AccessProfile().getConfigOverrides());
      access.keySet().removeIf(setting -> !setting.startsWith("dislog.auth."));
      settings.putAll(access);
      String secret =
          Path.of(settings.get("dislog.auth.rules-file")).resolveSibling("secret").toString();
      AccessProfile.write(secret, "32 bytes at least, which all nodes know\n");
      settings.put("dislog.nodes.secret-file", secret);
      return settings;
    }
  }

  @BeforeEach
  void begin() throws IOException {
    cluster = FakeCluster.current;
    cluster.reset();
    secret =
        NodeSecret.read(
            Path.of(ConfigProvider.getConfig().getValue("dislog.nodes.secret-file", String.class)));
    other = new SharedSecret("n2", secret);
    api = new Api(base);
    Await.until(() -> send("PUT", LOG, "", ROOT).status() / 100 == 2);
  }

  /** A gathered call is the node's own; what the leader refuses of it is asked for the client. */
  @Test
  void aForwardedRequestShowsWhoSendsItAndForWhom() throws IOException {
    Verifier leaders = new Verifier(secret);
    List<String> proved = new ArrayList<>();
    try (PeerStub leader = new PeerStub("n2", request -> answer(leaders, request, proved))) {
      cluster.led(leader.member());
      for (int i = 0; i < 2; i++) {
        Answer answer =
            api.send("POST", RECORDS, "x", "Authorization", TOKEN, "Dislog-Principal", ROOT);
        assertThat(answer.status()).isEqualTo(201);
      }
      assertThat(leader.requests()).hasSize(5);
    }
    assertThat(proved).containsExactly("n1 for ", "n1 for " + TILL, "n1 for ", "n1 for " + TILL);
  }

  @Test
  void aNodeThatDoesNotTakeThisOneIsNoLeaderToIt() throws IOException {
    Verifier others = new Verifier(new NodeSecret(new byte[32]));
    try (PeerStub leader =
        new PeerStub("n2", request -> answer(others, request, new ArrayList<>()))) {
      cluster.led(leader.member());
      Answer answer = api.send("POST", RECORDS, "x", "Authorization", TOKEN);
      answer.refusedAs(ProblemType.NO_LEADER);
      assertThat(answer.header("Dislog-Not-Leader")).isEqualTo("true");
      assertThat(answer.text()).contains("does not take this node for one of the cluster");
    }
  }

  private static String answer(Verifier verifier, Request request, List<String> proved) {
    String[] line = request.line().split(" ", -1);
    String mark = request.header("Dislog-Principal");
    String node =
        verifier.node(request.header("Dislog-Node"), new NodeRequest(line[0], line[1], mark));
    if (node == null) {
      return PeerStub.answer(401, "Dislog-Nonce: " + verifier.nonce() + "\n", "{}");
    }
    assertThat(request.header("Dislog-Forwarded")).isEqualTo("n1");
    proved.add(node + " for " + mark);
    return line[1].endsWith("/appends")
        ? PeerStub.answer(200, "", "\0")
        : PeerStub.answer(201, "", "{}");
  }

  @Test
  void aNodeIsBelievedForWhomItAsks() {
    assertThat(send("POST", RECORDS, "x", TILL).status()).isEqualTo(201);
    send("PATCH", "/v1/defaults", "{}", TILL).refusedAs(ProblemType.FORBIDDEN);
    send("POST", RECORDS, "x", "anonymous").refusedAs(ProblemType.UNAUTHENTICATED);
    send("POST", RECORDS, "x", "named;token%3Anobody").refusedAs(ProblemType.UNKNOWN_LOG);
    assertThat(send("PATCH", "/v1/defaults", "{}", "anonymous;admin").status()).isEqualTo(200);
    assertThat(send("PATCH", "/v1/defaults", "{}", "operator").status()).isEqualTo(200);
    assertThat(send("GET", "/v1/cluster", null, "").status()).isEqualTo(200);
    for (String mark : new String[] {"root", "named", "named;", "named;%ff", "node", "Operator"}) {
      send("GET", LOG, null, mark).refusedAs(ProblemType.UNAUTHENTICATED);
    }
  }

  @Test
  void aProofHoldsOnce() {
    api.get("/v1/cluster", "Dislog-Node", other.show("n1", request("GET", "/v1/cluster", "")));
    other.learn("n1", null, nonce());
    String shown = other.show("n1", request("GET", "/v1/cluster", ""));
    assertThat(api.get("/v1/cluster", "Dislog-Node", shown).status()).isEqualTo(200);
    api.get("/v1/cluster", "Dislog-Node", shown).refusedAs(ProblemType.UNAUTHENTICATED);
    String elsewhere = other.show("n1", request("GET", "/v1/cluster", ""));
    api.get(LOG, "Dislog-Node", elsewhere).refusedAs(ProblemType.UNAUTHENTICATED);
    String unmarked = other.show("n1", request("GET", LOG, ""));
    api.get(LOG, "Dislog-Node", unmarked, "Dislog-Principal", ROOT)
        .refusedAs(ProblemType.UNAUTHENTICATED);
    assertThat(api.get("/v1/cluster", "Dislog-Node", elsewhere).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/cluster/shards/0/outline",
        "HEAD /v1/cluster/shards/0/logs/till-1/stores/0?id=1&size=1",
        "GET /v1/cluster/shards/0/logs/till-1/stores/0?id=1&size=1",
        "POST /v1/cluster/shards/0/logs/till-1/commands?id=1",
        "GET /v1/%63luster/shards/0/%6futline"
      })
  void whatNodesAloneHaveNobodyElseGets(String request) {
    String method = request.substring(0, request.indexOf(' '));
    String path = request.substring(request.indexOf(' ') + 1);
    String body = method.equals("POST") ? "x" : null;
    assertThat(api.send(method, path, body).status()).isEqualTo(401);
    assertThat(api.send(method, path, body, "Dislog-Forwarded", "n2").status()).isEqualTo(401);
    String root = "Bearer " + AccessProfile.secret("root");
    assertThat(api.send(method, path, body, "Authorization", root).status()).isEqualTo(403);
    assertThat(send(method, path, body, ROOT).status()).isEqualTo(403);
    assertThat(send(method, path, body, "").status()).isNotIn(401, 403);
  }

  @Test
  void whatOthersSayOfAForwardingIsDropped() throws IOException {
    Verifier leaders = new Verifier(secret);
    try (PeerStub leader =
        new PeerStub("n2", request -> answer(leaders, request, new ArrayList<>()))) {
      cluster.led(leader.member());
      // It goes on to the leader, as if nothing was said, and as the one whose token it has.
      Answer answer =
          api.send("POST", RECORDS, "x", "Authorization", TOKEN, "Dislog-Forwarded", "n2");
      assertThat(answer.status()).isEqualTo(201);
      assertThat(leader.requests().getLast().header("Dislog-Principal")).isEqualTo(TILL);
      api.send("POST", RECORDS, "x", "Dislog-Forwarded", "n2", "Dislog-Principal", ROOT)
          .refusedAs(ProblemType.UNAUTHENTICATED);
    }
  }

  @Test
  void foreignPagesDoNotPassAsForwarded() {
    api.get(LOG, "Origin", "https://evil.example", "Dislog-Forwarded", "n2")
        .refusedAs(ProblemType.FORBIDDEN_ORIGIN);
  }

  /** As another node, for somebody. */
  private Answer send(String method, String path, @Nullable String body, String mark) {
    other.learn("n1", null, nonce());
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Dislog-Node", other.show("n1", request(method, path, mark)),
                "Dislog-Forwarded", "n2",
                "Content-Type", "application/json"));
    if (!mark.isEmpty()) {
      headers.addAll(List.of("Dislog-Principal", mark));
    }
    return api.send(method, path, body, headers.toArray(String[]::new));
  }

  private String nonce() {
    return api.get("/v1/cluster", "Dislog-Node", "node=\"n2\"").header("Dislog-Nonce");
  }

  private static NodeRequest request(String method, String target, String mark) {
    return new NodeRequest(method, target, mark);
  }
}
