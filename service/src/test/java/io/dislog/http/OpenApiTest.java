package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.Route;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The committed document is the served one, and says what the code does. */
@QuarkusTest
@TestProfile(DefaultProfile.class)
final class OpenApiTest {

  private static final Path COMMITTED = Path.of("openapi.yaml");

  @TestHTTPResource(management = true)
  URI management;

  @Test
  void theCommittedDocumentIsTheServedOne() throws IOException {
    String served = new Api(management).get("/q/openapi").text();
    Path built = Path.of("target", "openapi.yaml");
    Files.writeString(built, served);
    assertThat(Files.exists(COMMITTED)).isTrue();
    assertThat(Files.readString(COMMITTED))
        .as("copy " + built.toAbsolutePath() + " to " + COMMITTED.toAbsolutePath())
        .isEqualTo(served);
  }

  @Test
  void itComesInYamlOrJson() {
    Api api = new Api(management);
    assertThat(api.get("/q/openapi").text())
        .startsWith("---")
        .isEqualTo(api.get("/q/openapi.yaml").text());
    assertThat(api.get("/q/openapi?format=yaml").text()).startsWith("---");
    assertThat(api.get("/q/openapi.json").json()).isEqualTo(document());
    assertThat(api.get("/q/openapi", "Accept", "application/json").json()).isEqualTo(document());
  }

  @Test
  void everyRouteStandsInIt() {
    JsonNode paths = document().path("paths");
    TreeSet<String> described = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getKey().equals("parameters") && !operation.getKey().equals("head")) {
          described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
        }
      }
    }
    TreeSet<String> routed = new TreeSet<>();
    for (Route route : Route.ALL) {
      for (String method : route.methods()) {
        if (!method.equals("HEAD")) {
          routed.add(method + " " + route.template());
        }
      }
    }
    assertThat(described).isEqualTo(routed);
  }

  @Test
  void theParametersThatAreTakenStandInItAndNoOthers() {
    JsonNode document = document();
    for (Route route : Route.ALL) {
      for (String method : route.methods()) {
        String operation = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
        JsonNode described =
            document.path("paths").path(route.template()).path(operation).path("parameters");
        assertThat(ofQuery(document, described))
            .as(method + " " + route.template())
            .isEqualTo(new TreeSet<>(route.parameters(method)));
      }
    }
  }

  @Test
  void everyProblemStandsAtItsStatus() {
    JsonNode document = document();
    for (ProblemType type : ProblemType.values()) {
      assertThat(document.at("/components/schemas/Problem/properties/type/enum").toString())
          .contains("\"" + type.uri() + "\"");
      // What has no route has no operation either.
      if (type != ProblemType.NOT_FOUND) {
        assertThat(document.path("paths").findValues(Integer.toString(type.status())).toString())
            .contains("`" + type.uri() + "`");
      }
    }
  }

  @Test
  void everyOperationAndParameterIsExplained() {
    JsonNode document = document();
    for (JsonNode path : document.path("paths")) {
      for (Map.Entry<String, JsonNode> operation : path.properties()) {
        if (!operation.getKey().equals("parameters")) {
          assertThat(operation.getValue().path("summary").asText()).isNotEmpty();
          assertThat(operation.getValue().path("operationId").asText()).isNotEmpty();
        }
        for (JsonNode written : operation.getValue().path("parameters")) {
          String shared = written.path("$ref").asText();
          JsonNode parameter =
              shared.isEmpty() ? written : document.at(shared.substring("#".length()));
          assertThat(parameter.path("description").asText()).isNotEmpty();
          assertThat(parameter.has("schema")).isTrue();
        }
      }
    }
  }

  private static Set<String> ofQuery(JsonNode document, JsonNode parameters) {
    TreeSet<String> names = new TreeSet<>();
    for (JsonNode written : parameters) {
      String shared = written.path("$ref").asText();
      JsonNode parameter = shared.isEmpty() ? written : document.at(shared.substring(1));
      if (parameter.path("in").asText().equals("query")) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  private JsonNode document() {
    return new Api(management).get("/q/openapi?format=json").json();
  }
}
