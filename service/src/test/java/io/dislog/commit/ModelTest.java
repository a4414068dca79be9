package io.dislog.commit;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a log, it is what a plain list would be. */
final class ModelTest {

  private static final int OPERATIONS = 10_000;

  /** More runs: {@code -Ddislog.tests.seeds=…}. */
  private static final long SEEDS = Long.getLong("dislog.tests.seeds", 10);

  static LongStream seeds() {
    return LongStream.range(0, SEEDS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aLogIsAtEveryMomentWhatAPlainListWouldBe(long seed) throws IOException {
    new ModelRun(seed).run(OPERATIONS);
  }
}
