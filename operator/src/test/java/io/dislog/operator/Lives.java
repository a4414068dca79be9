package io.dislog.operator;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;

/** Lives of clusters, beside each other. Stateless. */
final class Lives {

  private Lives() {}

  /** What happens to a cluster from its beginning to its end. */
  interface Life {
    void live() throws Exception;
  }

  /** Goes through all of them, and tells of each that went wrong. */
  static void liveAll(List<Life> lives) throws InterruptedException {
    SoftAssertions failures = new SoftAssertions();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          lives.stream()
              .<Future<?>>map(life ->
                  threads.submit(() -> {
                    life.live();
                    return null;
                  }))
              .toList();
      for (Future<?> one : all) {
        failures.assertThatCode(one::get).doesNotThrowAnyException();
      }
    }
    failures.assertAll();
  }
}
