package io.dislog.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dislog.access.Need;
import io.dislog.http.notation.Route;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the table has a row for whatever can be asked for, and that each row asks enough. */
final class RequirementsTest {

  @Test
  void everyRequestOfTheDocumentHasARowAndNoOtherHas() throws IOException {
    TreeSet<String> documented = new TreeSet<>();
    JsonNode paths = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile()).path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String method = operation.getKey().toUpperCase(Locale.ROOT);
        if (!method.equals("PARAMETERS")) {
          documented.add(method + " " + path.getKey());
          documented.add((method.equals("GET") ? "HEAD " : method + " ") + path.getKey());
        }
      }
    }
    assertThat(documented).hasSizeGreaterThan(30);
    assertThat(rows(need -> need != Need.NODE)).isEqualTo(documented);
  }

  @Test
  void whateverARouteTakesHasARow() {
    TreeSet<String> taken = new TreeSet<>();
    for (Route route : Stream.concat(Route.ALL.stream(), Route.BETWEEN_NODES.stream()).toList()) {
      for (String method : route.methods()) {
        taken.add(method + " " + route.template());
        assertThat(Requirements.of(route, method)).as(method + route.template()).isNotNull();
      }
    }
    assertThat(rows(need -> true)).isEqualTo(taken);
  }

  @Test
  void whatChangesSomethingNeedsMoreThanToRead() {
    for (Route route : Route.ALL) {
      for (String method : route.methods()) {
        Need need = Objects.requireNonNull(Requirements.of(route, method));
        boolean isRead = need == Need.READ || need == Need.IDENTITY;
        assertThat(isRead).as(method + " " + route.template()).isEqualTo(!route.changesBy(method));
      }
    }
  }

  @Test
  void everyLogInAPathNeedsARightOnIt() {
    for (Map.Entry<String, Map<String, Need>> path : Requirements.all().entrySet()) {
      boolean isOfLog = path.getKey().contains("{log}") || path.getKey().contains("/v1/stream/");
      for (Need need : path.getValue().values()) {
        assertThat(need.right() != null && need != Need.ADMIN).as(path.getKey()).isEqualTo(isOfLog);
      }
    }
  }

  @Test
  void nodesAloneHaveWhatIsBetweenThem() {
    assertThat(rows(need -> need == Need.NODE))
        .isEqualTo(
            Route.BETWEEN_NODES.stream()
                .flatMap(route ->
                    route.methods().stream().map(method -> method + " " + route.template()))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<String> rows(Predicate<Need> which) {
    TreeSet<String> rows = new TreeSet<>();
    Requirements.all()
        .forEach((path, needs) ->
            needs.forEach((method, need) -> {
              if (which.test(need)) {
                rows.add(method + " " + path);
              }
            }));
    return rows;
  }
}
