package io.dislog.operator.e2e;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** What a person would look at first after a failure. Stateless. */
final class Report {

  private static final List<List<String>> QUESTIONS =
      List.of(
          List.of("get", "dlc,sts,pods,pvc", "-A", "-o", "wide"),
          List.of("get", "dlc", "-A", "-o", "yaml"),
          List.of("get", "events", "-A", "--sort-by=.lastTimestamp"));

  private Report() {}

  static void print(PrintStream out, Installation installation, Cluster... clusters)
      throws InterruptedException {
    QUESTIONS.forEach(question -> ask(out, question.toArray(String[]::new)));
    installation
        .pods()
        .forEach(pod -> logs(out, Installation.NAMESPACE, pod.getMetadata().getName()));
    for (Cluster cluster : clusters) {
      cluster.pods().forEach(pod -> logs(out, cluster.namespace(), pod.getMetadata().getName()));
    }
  }

  private static void logs(PrintStream out, String namespace, String pod) {
    ask(out, "describe", "pod", "-n", namespace, pod);
    ask(out, "logs", "-n", namespace, pod, "--tail=60");
    ask(out, "logs", "-n", namespace, pod, "--tail=20", "--previous");
  }

  private static void ask(PrintStream out, String... arguments) {
    out.println("---- kubectl " + String.join(" ", arguments));
    try {
      out.println(Kubectl.run(arguments));
    } catch (IOException e) {
      out.println(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
