package io.dislog.kit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** In a JVM of its own, since whoever ends starts for a program ends them for all of it. */
final class ProcessStartTest {

  @Test
  void noneIsStartedAfterTheEnd() throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Artefact.java(),
                "-cp",
                System.getProperty("java.class.path"),
                ProgramThatEnds.class.getName())
            .redirectErrorStream(true)
            .start();
    String said = new String(program.getInputStream().readAllBytes(), UTF_8);
    assertThat(program.waitFor()).isZero();
    assertThat(said.lines()).containsExactly("started", "no process is started any more");
  }

  static final class ProgramThatEnds {

    private ProgramThatEnds() {}

    public static void main(String[] arguments) throws Exception {
      ProcessStart.of(new ProcessBuilder("true")).waitFor();
      System.out.println("started");
      ProcessStart.end();
      try {
        ProcessStart.of(new ProcessBuilder("true"));
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
