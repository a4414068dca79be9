package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That what k8s/monitoring asks of Prometheus' operator is what its kinds can say. */
final class MonitoringTest {

  private static final Path MONITORING = Path.of("../k8s/monitoring");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final YAMLMapper STRICT = new YAMLMapper();

  static {
    // The model keeps what its kinds do not know; here it is to be refused.
    STRICT.setAnnotationIntrospector(
        new JacksonAnnotationIntrospector() {
          private static final long serialVersionUID = 1;

          @Override
          public Boolean hasAnySetter(Annotated annotated) {
            return false;
          }
        });
  }

  @Test
  void monitorsSayOnlyWhatAPodMonitorCan() throws Exception {
    for (String file : List.of("pod-monitor.yaml", "operator-pod-monitor.yaml")) {
      PodMonitor monitor = STRICT.readValue(text(file), PodMonitor.class);
      assertThat(monitor.getSpec().getPodMetricsEndpoints())
          .singleElement()
          .satisfies(endpoint -> assertThat(endpoint.getPath()).isEqualTo("/q/metrics"));
      assertThat(monitor.getSpec().getSelector().getMatchLabels()).isNotEmpty();
    }
  }

  @Test
  void rulesSayOnlyWhatAPrometheusRuleCan() throws Exception {
    PrometheusRule rules = STRICT.readValue(text("rules.yaml"), PrometheusRule.class);
    assertThat(rules.getSpec().getGroups())
        .flatExtracting(group -> group.getRules())
        .hasSizeGreaterThan(4)
        .allSatisfy(rule -> {
          assertThat(rule.getExpr().getStrVal()).isNotBlank();
          assertThat(rule.getLabels()).containsKey("severity");
          assertThat(rule.getAnnotations()).containsKeys("summary", "description", "runbook");
        });
  }

  @Test
  void everyFileIsAppliedByTheKustomization() throws Exception {
    JsonNode kustomization = YAML.readTree(text("kustomization.yaml"));
    List<String> applied =
        Stream.concat(
                kustomization.path("resources").valueStream(),
                kustomization.at("/configMapGenerator/0/files").valueStream())
            .map(JsonNode::textValue)
            .toList();
    try (Stream<Path> files = Files.list(MONITORING)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("kustomization.yaml")
          .filteredOn(file -> !file.equals("kustomization.yaml"))
          .containsExactlyInAnyOrderElementsOf(applied);
    }
  }

  private static String text(String file) throws IOException {
    return Files.readString(MONITORING.resolve(file));
  }
}
