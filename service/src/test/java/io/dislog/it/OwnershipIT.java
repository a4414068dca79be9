package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A data directory has one process at a time. */
final class OwnershipIT {

  @RegisterExtension final Services services = new Services();

  @Test
  void aSecondProcessIsRefusedAndToldWhoHasTheDirectory(@TempDir Path folder) throws Exception {
    DislogProcess first = services.in(folder).start();
    first.api().put("/v1/logs/orders", "{}").is(201);
    DislogProcess second = services.on(first.data(), Files.createDirectory(folder.resolve("2")));
    second.launch();
    assertThat(second.awaitEnd()).isNotZero();
    assertThat(second.output())
        .contains(first.data().toString())
        .contains("in use by process " + first.pid())
        .doesNotContain("\tat ");
    first.api().append("orders", "still mine").is(201);
  }

  @Test
  void aDirectoryWhoseProcessWasKilledIsFree(@TempDir Path folder) throws Exception {
    DislogProcess first = services.in(folder).start();
    first.kill();
    DislogProcess second = services.on(first.data(), Files.createDirectory(folder.resolve("2")));
    second.start().api().put("/v1/logs/orders", "{}").is(201);
  }
}
