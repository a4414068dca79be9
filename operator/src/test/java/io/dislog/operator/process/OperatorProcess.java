package io.dislog.operator.process;

import io.dislog.kit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An operator as it is packaged, which looks after one namespace. For one thread. */
public final class OperatorProcess implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path output;
  private final URI metrics;
  private final Process process;

  /**
   * Starts one, and waits for nothing.
   *
   * @param kubeconfig where Kubernetes is, and who asks it
   * @param folder for what it prints
   * @param further properties, {@code name=value}
   */
  public OperatorProcess(Path kubeconfig, String namespace, Path folder, String... further)
      throws IOException {
    output = folder.resolve("operator.txt");
    int port = FreePort.next();
    metrics = URI.create("http://127.0.0.1:%d/q/metrics".formatted(port));
    List<String> properties = new ArrayList<>();
    properties.add(Packaged.HEAP);
    properties.add("-Dquarkus.http.host=127.0.0.1");
    properties.add("-Dquarkus.http.port=" + port);
    properties.add("-Dquarkus.operator-sdk.namespaces=" + namespace);
    for (String property : further) {
      properties.add("-D" + property);
    }
    ProcessBuilder command = new ProcessBuilder(Packaged.module("operator").command(properties));
    command.environment().put("KUBECONFIG", kubeconfig.toString());
    process =
        command
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
            .start();
  }

  /** The sum of all of a metric's series, 0 where there is none yet, or no answer. */
  public double metric(String name) throws InterruptedException {
    String all;
    try {
      all = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return 0;
    }
    return all.lines()
        .filter(line -> line.startsWith(name + "{"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** What it has printed. */
  public String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    client.close();
  }
}
