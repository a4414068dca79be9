package io.dislog.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a pod may do with a cluster whose logs are closed, and that the operator and the nodes go on
 * working there.
 */
@ExtendWith(InstalledOperator.class)
final class ClosedE2E {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** What is promised of a change of rules. */
  private static final Duration IN_FORCE = Duration.ofMinutes(2);

  private static final String NAMESPACE = "dislog-e2e-closed";
  private static final String POD = "till";
  private static final String API = "http://demo:8080";
  private static final String NODE = "http://demo-0.demo-nodes:8080";
  private static final String OUTLINE = "/v1/cluster/shards/0/outline";
  private static final String NOBODY = "";
  private static final String TILL = "/var/run/dislog/token";
  private static final String STRANGER = "/var/run/dislog/other";

  private final KubernetesClient client = new KubernetesClientBuilder().build();
  private final Cluster cluster = new Cluster(client, NAMESPACE);
  private final Steps steps = new Steps(System.out);

  @Test
  void aPodMayWhatRulesLetItAndNothingElse() throws Exception {
    steps.step("three nodes with closed logs are applied", this::apply);
    steps.step("a pod appends to one log, and to no other", this::append);
    steps.step("a pod gets nothing that is the nodes' or the operator's", this::intrude);
    steps.step("the operator changes settings and replaces pods", this::operate);
    steps.step("a rule is added", this::addRule);
    client.namespaces().withName(NAMESPACE).delete();
  }

  private String apply() throws IOException, InterruptedException {
    cluster.makeNamespace();
    Kubectl.apply(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: till}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          serviceAccountName: till
          automountServiceAccountToken: false
          securityContext: {runAsNonRoot: true, runAsUser: 1001, seccompProfile: {type: RuntimeDefault}}
          containers:
            - name: curl
              image: %s
              command: [sh, -c, 'while true; do sleep 1; done']
              securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
              volumeMounts: [{name: dislog, mountPath: /var/run/dislog}]
          terminationGracePeriodSeconds: 0
          volumes:
            - name: dislog
              projected:
                sources:
                  - serviceAccountToken: {audience: dislog, expirationSeconds: 3600, path: token}
                  - serviceAccountToken: {audience: somebody-else, expirationSeconds: 3600, path: other}
        """
            .formatted(POD, Settings.given().curlImage()),
        "-n",
        NAMESPACE);
    Trial.apply(
        NAMESPACE,
        3,
        "logs: [{name: orders}, {name: audit}], auth: {rules: [%s]}".formatted(rule("orders")));
    Duration took = cluster.awaitSettled(PATIENCE);
    Waiting.until("the pod is ready", PATIENCE, () -> Readiness.isPodReady(cluster.pod(POD)));
    assertThat(cluster.told("Ready")).contains("spec.auth is without spec.tls.api");
    assertThat(cluster.told("RetentionApplied")).startsWith("True Applied");
    return "settled after " + Steps.text(took);
  }

  private static String rule(String log) {
    return "{who: ['system:serviceaccount:%s:till'], may: [append, read], logs: [%s]}"
        .formatted(NAMESPACE, log);
  }

  private String append() throws IOException, InterruptedException {
    assertThat(append(TILL, "orders")).isEqualTo(201);
    assertThat(ask(TILL, API + "/v1/logs/orders/records?offset=earliest")).isEqualTo(200);
    assertThat(append(TILL, "audit")).as("a log that it has no right on").isEqualTo(404);
    assertThat(append(TILL, "another")).as("a log that is not there").isEqualTo(404);
    assertThat(append(NOBODY, "orders")).as("without a token").isEqualTo(401);
    assertThat(append(STRANGER, "orders")).as("a token for somebody else").isEqualTo(401);
    assertThat(ask(TILL, API + "/v1/logs/orders", "-X", "DELETE")).isEqualTo(403);
    return "201, and 401, 403 or 404 otherwise";
  }

  private static int append(String token, String log) throws IOException, InterruptedException {
    return ask(token, "%s/v1/logs/%s/records".formatted(API, log), "--data", "two teas");
  }

  private String intrude() throws IOException, InterruptedException {
    assertThat(ask(NOBODY, NODE + OUTLINE)).isEqualTo(401);
    assertThat(ask(TILL, NODE + OUTLINE)).isEqualTo(403);
    assertThat(ask(NOBODY, NODE + OUTLINE, "-H", "Dislog-Node: node=\"demo-1\"")).isEqualTo(401);
    assertThat(ask(NOBODY, API + "/v1/defaults", "-X", "PATCH", "--json", "{}")).isEqualTo(401);
    assertThat(ask(TILL, API + "/v1/defaults", "-X", "PATCH", "--json", "{}")).isEqualTo(403);
    assertThat(ask(TILL, API + "/v1/cluster/nodes/demo-2", "-X", "DELETE")).isEqualTo(403);
    assertThat(inPod("curl -s --http0.9 -m 5 http://demo-0.demo-nodes:9700/ | wc -c").strip())
        .as("bytes that the port of replication answers")
        .isEqualTo("0");
    return "401 and 403, and no byte on port 9700";
  }

  private String operate() throws IOException, InterruptedException {
    Map<String, String> before = podUids();
    cluster.patch("{\"spec\":{\"retention\":{\"maxAge\":\"2d\"}}}");
    cluster.awaitSettled(PATIENCE);
    assertThat(cluster.told("RetentionApplied")).startsWith("True Applied");
    assertThat(podUids()).isEqualTo(before);
    long begun = System.nanoTime();
    Kubectl.run("rollout", "restart", "statefulset/" + Cluster.NAME, "-n", NAMESPACE);
    Waiting.until(
        "every pod is another",
        PATIENCE,
        () -> podUids().values().stream().noneMatch(before::containsValue));
    cluster.awaitSettled(PATIENCE);
    return "a roll took " + Steps.text(Duration.ofNanos(System.nanoTime() - begun));
  }

  private String addRule() throws IOException, InterruptedException {
    Map<String, String> before = podUids();
    Trial.apply(
        NAMESPACE,
        3,
        "logs: [{name: orders}, {name: audit}], auth: {rules: [%s, %s]}"
            .formatted(rule("orders"), rule("audit")));
    Duration took =
        Waiting.until("the rule is in force", IN_FORCE, () -> append(TILL, "audit") == 201);
    cluster.awaitSettled(PATIENCE);
    assertThat(podUids()).isEqualTo(before);
    return "in force after %s, without a restart".formatted(Steps.text(took));
  }

  private Map<String, String> podUids() {
    Map<String, String> uids = new TreeMap<>();
    cluster
        .pods()
        .forEach(pod -> uids.put(pod.getMetadata().getName(), pod.getMetadata().getUid()));
    return uids;
  }

  /** The status with which a request from within the pod is answered. */
  private static int ask(String token, String url, String... options)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>();
    words.add("curl -sS -m 20 -o /dev/null -w '%{http_code}'");
    if (!token.isEmpty()) {
      words.add("-H \"Authorization: Bearer $(cat %s)\"".formatted(token));
    }
    for (String option : options) {
      words.add("'" + option + "'");
    }
    words.add("'" + url + "'");
    return Integer.parseInt(inPod(String.join(" ", words)).strip());
  }

  private static String inPod(String command) throws IOException, InterruptedException {
    return Kubectl.run("exec", "-n", NAMESPACE, POD, "--", "sh", "-c", command);
  }
}
