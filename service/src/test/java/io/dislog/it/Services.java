package io.dislog.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The services of one test: ended after it, and where it failed what they said is shown. */
final class Services implements AfterEachCallback {

  private final List<DislogProcess> all = new ArrayList<>();

  /** A service that is not started yet, with its data in {@code data} of that folder. */
  DislogProcess in(Path folder) {
    return on(folder.resolve("data"), folder);
  }

  /** A service that is not started yet, with its data in one folder and its output in another. */
  DislogProcess on(Path data, Path folder) {
    DislogProcess service = new DislogProcess(data, folder);
    all.add(service);
    return service;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (DislogProcess service : all) {
      if (service.isAlive()) {
        service.kill();
      }
      if (context.getExecutionException().isPresent()) {
        System.out.println(service.allOutput());
      }
    }
  }
}
