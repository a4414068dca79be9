package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.disk.Fault;
import io.dislog.disk.Fault.Kind;
import io.dislog.disk.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replicas that crash wherever they like, and apply again what they had not made durable, end as
 * the one that never crashed.
 */
final class ReplayTest {

  private static final int ENTRIES = 400;
  private static final int CRASHES = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aReplicaThatCrashedEndsAsOneThatDidNot(long seed) throws IOException {
    Random random = new Random(seed + Long.getLong("dislog.tests.seed", 0));
    Rehearsal steady = new Rehearsal(new FaultyDisk(seed));
    List<ByteBuffer> entries = new EntryScript(random).play(steady, ENTRIES);
    Rehearsal crashing = new Rehearsal(new FaultyDisk(seed + 1000));
    for (int crash = 0; crash < CRASHES; crash++) {
      int until = random.nextInt(entries.size());
      if (random.nextBoolean()) {
        Kind kind = random.nextBoolean() ? Kind.CUT : Kind.TEAR;
        crashing.disk().plan(Fault.of(kind, crashing.disk().operations() + random.nextInt(400)));
      }
      crashing.applyUntil(entries, until, random);
      long durable = crashing.durable();
      crashing = random.nextBoolean() ? crashing.afterKill() : crashing.afterPowerCut();
      assertThat(crashing.next()).as("what a checkpoint said").isGreaterThan((int) durable);
    }
    crashing = crashing.afterPowerCut(); // And no more is planned.
    crashing.applyUntil(entries, entries.size(), random);
    assertThat(crashing.failure()).as("seed %d", seed).isNull();
    assertThat(crashing.picture()).as("seed %d", seed).isEqualTo(steady.picture());
    assertThat(crashing.ask(EntryScript.probes(steady)))
        .as("what is answered, with seed %d", seed)
        .isEqualTo(steady.ask(EntryScript.probes(steady)));
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void aReplicaThatWasClosedHasNothingToApplyAgain(long seed) throws IOException {
    Random random = new Random(seed);
    Rehearsal steady = new Rehearsal(new FaultyDisk(seed));
    List<ByteBuffer> entries = new EntryScript(random).play(steady, ENTRIES);
    String before = steady.picture();
    steady.close();
    Rehearsal again = steady.afterKill();
    assertThat(again.next()).isEqualTo(entries.size());
    assertThat(again.picture()).isEqualTo(before);
  }
}
