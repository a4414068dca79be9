package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArtefactTest {

  private static final String SETTING = "-Dname=value";

  @TempDir Path module;
  private Path app;
  private String jar;

  @BeforeEach
  void make() throws IOException {
    app = Files.createDirectories(module.resolve("target/quarkus-app"));
    jar = Files.createFile(app.resolve("quarkus-run.jar")).toString();
  }

  @Test
  void settingsStandBeforeTheJar() throws IOException {
    assertThat(Artefact.at(app).command(List.of(SETTING)))
        .containsExactly(Artefact.java(), SETTING, "-jar", jar);
  }

  @Test
  void optionsOfItsModuleComeFirst() throws IOException {
    String options = "@" + Files.createFile(module.resolve("jvm.options"));
    assertThat(Artefact.at(app.resolve("quarkus-run.jar")).command(List.of(SETTING)))
        .containsExactly(Artefact.java(), options, SETTING, "-jar", jar);
  }

  @Test
  void optionsBesideItComeBeforeThoseOfItsModule() throws IOException {
    Files.createFile(module.resolve("jvm.options"));
    String options = "@" + Files.createFile(app.resolve("jvm.options"));
    assertThat(Artefact.at(app).command(List.of()))
        .containsExactly(Artefact.java(), options, "-jar", jar);
  }

  @Test
  void theCacheIsOfWhetherItReplicates() throws IOException {
    Artefact artefact = Artefact.at(app);
    assertThat(artefact.commandWithCache(List.of()))
        .contains("-XX:AOTCache=" + app.resolve("dislog.aot"));
    assertThat(artefact.commandWithCache(List.of("-Ddislog.replication=raft")))
        .contains("-XX:AOTCache=" + app.resolve("dislog-raft.aot"));
  }

  @Test
  void settingsOfANativeExecutableStandBehindIt() throws IOException {
    String runner = Files.createFile(module.resolve("dislog-runner")).toString();
    assertThat(Artefact.at(Path.of(runner)).commandWithCache(List.of(SETTING)))
        .containsExactly(runner, SETTING);
  }

  @Test
  void whatIsNotThereCanNotBeStarted() {
    assertThatThrownBy(() -> Artefact.at(module.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessage("there is nothing to start at " + module.resolve("none"));
  }
}
