package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.dislog.api.NodeReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That the operator shows who it is, and only to who wants to know. */
final class ConversationTest {

  private static final String REPORT =
      "{\"id\":\"demo-0\",\"address\":\"a:1\",\"ready\":true,\"formed\":true,\"why\":\"\",\"version\":\"1\"}";

  private final List<String> shown = new ArrayList<>();

  @Test
  void aTokenIsShown() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(ask(http, "secret", Set.of("Bearer secret")).id()).isEqualTo("demo-0");
      assertThat(ask(http, null, Set.of("none")).id()).isEqualTo("demo-0");
    }
    assertThat(shown).containsExactly("Bearer secret", "none");
  }

  @Test
  void whoDoesNotTakeItIsAskedWithoutIt() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(ask(http, "secret", Set.of("none")).id()).isEqualTo("demo-0");
      assertThatThrownBy(() -> ask(http, "secret", Set.of()))
          .isInstanceOf(NodeException.Refused.class);
    }
    assertThat(shown).containsExactly("Bearer secret", "none", "Bearer secret", "none");
  }

  private NodeReport ask(HttpClient http, @Nullable String token, Set<String> taken)
      throws IOException, NodeException {
    HttpServer node =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    node.createContext(
        "/",
        exchange -> {
          String credential = exchange.getRequestHeaders().getFirst("Authorization");
          String said = credential == null ? "none" : credential;
          shown.add(said);
          byte[] bytes = REPORT.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(taken.contains(said) ? 200 : 401, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    node.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + node.getAddress().getPort());
      Conversation conversation =
          new Conversation(http, "demo-0", base, NodeClient.PATIENCE, () -> token);
      return new NodeClient(conversation, "demo-0", NodeClient.PATIENCE).report();
    } finally {
      node.stop(0);
    }
  }
}
