package io.dislog.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/** Runs the system's programs. */
final class Shell {

  private Shell() {}

  /** Runs a program that must succeed. */
  static void run(String... command) throws IOException {
    Result result = result(command);
    if (result.exit() != 0) {
      throw new IOException(String.join(" ", command) + ": " + result.output());
    }
  }

  /** Whether there is such a program and it succeeds. */
  static boolean succeeds(String... command) {
    try {
      return result(command).exit() == 0;
    } catch (IOException e) {
      return false; // There is no such program.
    }
  }

  private static Result result(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
      return new Result(process.waitFor(), output);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private record Result(int exit, String output) {}
}
