package io.dislog.operator.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The kubectl on the path, against the cluster that the current kubeconfig names. Stateless. */
final class Kubectl {

  private static final long PATIENCE_SECONDS = 60;

  private Kubectl() {}

  /** What it prints, which is an error where it fails. */
  static String run(String... arguments) throws IOException, InterruptedException {
    return run("", List.of(arguments));
  }

  /** Applies manifests. */
  static void apply(String manifests, String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("apply", "-f", "-"));
    arguments.addAll(List.of(options));
    run(manifests, arguments);
  }

  private static String run(String input, List<String> arguments)
      throws IOException, InterruptedException {
    ProcessBuilder command = new ProcessBuilder("kubectl");
    command.command().addAll(arguments);
    Process process = command.redirectErrorStream(true).start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    }
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("kubectl " + String.join(" ", arguments) + ": " + printed);
    }
    return printed;
  }
}
