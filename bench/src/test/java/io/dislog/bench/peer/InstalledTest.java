package io.dislog.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class InstalledTest {

  @Test
  void aProgramThatIsInstalledHasItsVersion() throws IOException {
    Program shell = Installed.program("bash", "bash", Pattern.compile("version ([0-9.]+)"));
    assertThat(shell.path()).isExecutable();
    assertThat(shell.version()).matches("[0-9]+[.][0-9.]+");
  }

  @Test
  void aProgramThatIsNotInstalledSaysWhichPackageHasIt() {
    Program absent = Installed.program("no-such-server", "no-such", Pattern.compile("(.)"));
    assertThatThrownBy(absent::path)
        .hasMessage("there is no no-such-server on this machine; Debian's package no-such has it");
  }
}
