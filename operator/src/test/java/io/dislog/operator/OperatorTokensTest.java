package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the operator shows nodes: a real API server makes it. */
@ExtendWith(ApiServerExtension.class)
class OperatorTokensTest {

  private static final String ACCOUNT = "dislog-operator";

  @TempDir Path folder;
  private final ApiServer server;
  private Instant now = Instant.now();
  private String namespace = "";

  OperatorTokensTest(ApiServer server) {
    this.server = server;
  }

  @BeforeEach
  void anAccount() {
    namespace = server.newNamespace();
    anAccount(namespace);
  }

  private void anAccount(String namespace) {
    server
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(ACCOUNT)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
  }

  @Test
  void aTokenIsForTheNodesOfOneCluster() throws IOException {
    OperatorTokens tokens = tokens(new OwnAccount(namespace, ACCOUNT));
    String shown = Objects.requireNonNull(tokens.token(cluster("demo")));
    JsonNode said = payload(shown);
    assertThat(said.path("sub").asText()).isEqualTo(tokens.account());
    assertThat(said.path("aud").get(0).asText()).isEqualTo("dislog-operator:team/demo");
    assertThat(said.path("aud")).hasSize(1);
    assertThat(said.path("exp").asLong() - said.path("iat").asLong()).isEqualTo(600);
    assertThat(payload(tokens.token(cluster("other"))).path("aud").get(0).asText())
        .isEqualTo("dislog-operator:team/other");
  }

  @Test
  void aTokenIsMadeAnewLongBeforeItExpires() {
    OperatorTokens tokens = tokens(new OwnAccount(namespace, ACCOUNT));
    String first = tokens.token(cluster("demo"));
    now = now.plus(Duration.ofMinutes(4));
    assertThat(tokens.token(cluster("demo"))).isEqualTo(first);
    now = now.plus(Duration.ofMinutes(2));
    assertThat(tokens.token(cluster("demo"))).isNotNull().isNotEqualTo(first);
  }

  @Test
  void theLastOneIsShownWhileThereIsNoOther() {
    OperatorTokens tokens = tokens(new OwnAccount(namespace, ACCOUNT));
    String first = tokens.token(cluster("demo"));
    server.client().serviceAccounts().inNamespace(namespace).withName(ACCOUNT).delete();
    now = now.plus(Duration.ofMinutes(6));
    assertThat(tokens.token(cluster("demo"))).isEqualTo(first);
    anAccount(namespace);
    assertThat(tokens.token(cluster("demo"))).as("asked again too soon").isEqualTo(first);
    now = now.plus(Duration.ofSeconds(11));
    assertThat(tokens.token(cluster("demo"))).isNotNull().isNotEqualTo(first);
  }

  @Test
  void whoGetsNoneShowsNone() {
    assertThat(tokens(new OwnAccount(namespace, "nobody")).token(cluster("demo"))).isNull();
    OperatorTokens outside = tokens(null);
    assertThat(outside.token(cluster("demo"))).isNull();
    assertThat(outside.account()).isNull();
  }

  @Test
  void theOperatorIsWhomItsOwnTokenNames() throws IOException {
    OperatorTokens tokens = tokens(new OwnAccount(namespace, ACCOUNT));
    Path file = Files.writeString(folder.resolve("token"), tokens.token(cluster("demo")) + "\n");
    assertThat(OwnAccount.of(file)).isEqualTo(new OwnAccount(namespace, ACCOUNT));
    assertThat(OwnAccount.of(folder.resolve("none"))).isNull();
    assertThat(OwnAccount.of(Files.writeString(file, "x.y.z"))).isNull();
    assertThat(OwnAccount.of(Files.writeString(file, ""))).isNull();
  }

  private OperatorTokens tokens(@Nullable OwnAccount account) {
    return new OperatorTokens(server.client(), account, () -> now);
  }

  private static DislogCluster cluster(String name) {
    DislogCluster cluster = new DislogCluster();
    cluster.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace("team").build());
    return cluster;
  }

  private static JsonNode payload(@Nullable String token) throws IOException {
    String payload = Objects.requireNonNull(token).split("\\.", -1)[1];
    return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
  }
}
