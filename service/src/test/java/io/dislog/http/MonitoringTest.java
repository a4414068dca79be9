package io.dislog.http;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What k8s/monitoring and the operations page name is what a node of a cluster shows. */
@QuarkusTest
@TestProfile(ClusterProfile.class)
final class MonitoringTest {

  private static final Path PROJECT = Path.of("..");
  private static final Path MONITORING = PROJECT.resolve("k8s/monitoring");

  /** Names in an expression that are metrics by their prefix. */
  private static final Pattern METRIC = Pattern.compile("\\b(?:dislog|jvm|process)_[a-z_]+");

  private static final Pattern SERIES = Pattern.compile("(?m)^[a-z_]+");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (dislog_[a-z_]+)");

  /** A gauge of its own that the client library adds to each distribution. */
  private static final String MAX = "_max";

  @TestHTTPResource URI base;

  @TestHTTPResource(management = true)
  URI management;

  private String metrics = "";

  @BeforeEach
  void begin() {
    FakeCluster.current.reset();
    new Api(base).awaitReady();
    // What a collection of garbage took is shown once there was one since the service started.
    Await.until(() -> {
      metrics = new Api(management).get("/q/metrics").text();
      boolean isShown = metrics.contains("jvm_gc_pause_seconds_sum");
      if (!isShown) {
        System.gc();
      }
      return isShown;
    });
  }

  @Test
  void aNodeShowsEveryMetricThatAnAlertOrTheDashboardNames() throws IOException {
    Set<String> named = new TreeSet<>(found(METRIC, String.join("\n", expressions())));
    assertThat(named).hasSizeGreaterThan(20);
    assertThat(named).isSubsetOf(found(SERIES, metrics));
  }

  @Test
  void theOperationsPageTellsOfEveryMetricAndNoOther() throws IOException {
    Set<String> shown = families();
    assertThat(shown).hasSizeGreaterThan(20);
    Set<String> told = found(METRIC, page());
    told.removeIf(metric -> !metric.startsWith("dislog_"));
    assertThat(told).isEqualTo(shown);
  }

  @Test
  void everyAlertHasItsRunbookOnTheOperationsPage() throws IOException {
    Set<String> anchors =
        found(Pattern.compile("(?m)^#+ .*"), page()).stream()
            .map(MonitoringTest::anchor)
            .collect(toCollection(TreeSet::new));
    List<JsonNode> rules = rules();
    assertThat(rules).hasSizeGreaterThan(4);
    for (JsonNode rule : rules) {
      String runbook = rule.at("/annotations/runbook").textValue();
      assertThat(runbook).startsWith("docs/operations.md#").contains(": ");
      assertThat(anchors).contains(runbook.substring(runbook.indexOf('#'), runbook.indexOf(": ")));
      assertThat(anchors).contains("#" + rule.path("alert").textValue().toLowerCase(Locale.ROOT));
    }
  }

  /** What the series of a metric have in common: of a distribution its name, of a counter all. */
  private Set<String> families() {
    Set<String> series = found(SERIES, metrics);
    Set<String> families = found(FAMILY, metrics);
    families.removeIf(family -> family.endsWith(MAX));
    return families.stream()
        .map(family -> series.contains(family + "_total") ? family + "_total" : family)
        .collect(toCollection(TreeSet::new));
  }

  private static List<String> expressions() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Files.readString(MONITORING.resolve("dashboard.json")));
    return Stream.of(
            dashboard.at("/panels").findValuesAsText("expr").stream(),
            dashboard.at("/templating").findValuesAsText("query").stream(),
            rules().stream().map(rule -> rule.path("expr").textValue()))
        .flatMap(expressions -> expressions)
        .toList();
  }

  private static List<JsonNode> rules() throws IOException {
    JsonNode groups = new YAMLMapper().readTree(Files.readString(MONITORING.resolve("rules.yaml")));
    return groups
        .at("/spec/groups")
        .valueStream()
        .flatMap(group -> group.path("rules").valueStream())
        .toList();
  }

  private static String page() throws IOException {
    return Files.readString(PROJECT.resolve("docs/operations.md"));
  }

  /** As a heading is pointed to. */
  private static String anchor(String heading) {
    String words = heading.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT);
    return "#" + String.join("-", words.replaceAll("[^a-z ]", "").split(" "));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
