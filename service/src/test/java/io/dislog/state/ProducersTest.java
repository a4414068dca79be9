package io.dislog.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Rejection;
import io.dislog.state.Change.Produced;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long, and how many, producers a log remembers. */
final class ProducersTest {

  private static final long HOUR = 3_600_000;
  private static final ProducerLimits LIMITS = new ProducerLimits(7 * 24 * HOUR, 3);

  private final List<Change> journal = new ArrayList<>();
  private final Producers producers = new Producers();
  private long now = 1_700_000_000_000L;
  private long newest;
  private long end;

  @Test
  void aProducerThatWasSilentForLongBeginsAnew() {
    send("p", 4, 0);
    send("p", 4, 1);
    now += LIMITS.expiryMillis();
    send("p", 4, 2);
    now += LIMITS.expiryMillis() + 1;

    assertThatThrownBy(() -> check("p", 4, 3))
        .isInstanceOfSatisfying(
            Rejection.SequenceGap.class, gap -> assertThat(gap.expectedSeq()).isZero());
    send("p", 1, 0); // Whatever epoch: nothing of it is known.
    send("p", 1, 1);
    assertThat(repeat("p", 1, 0)).isEqualTo(3);
    assertThatThrownBy(() -> check("p", 1, 5)).hasMessageContaining("2 is next");
  }

  @Test
  void oneMoreThanALogRemembersIsRefusedWhileNoneIsSilent() {
    fill();
    now += HOUR - 3;
    assertThatThrownBy(() -> check("d", 0, 0)).isInstanceOf(Rejection.TooManyProducers.class);
    send("a", 0, 1);
    send("a", 1, 0); // Those that are known go on.

    now += 3;
    send("d", 0, 0);

    assertThatThrownBy(() -> check("b", 0, 1))
        .as("it was silent the longest")
        .hasMessageContaining("0 is next");
    assertThat(repeat("c", 0, 0)).isNotNull();
    assertThat(repeat("a", 1, 0)).isNotNull();
  }

  @Test
  void thoseThatExpiredMakeRoomForNewOnes() {
    fill();
    now += LIMITS.expiryMillis() + 1;
    send("d", 0, 0);
    assertThat(producers.count()).isEqualTo(1);
  }

  @Test
  void aLowerLimitForgetsNobodyWhoIsNotSilent() {
    fill();
    ProducerLimits lower = new ProducerLimits(LIMITS.expiryMillis(), 1);
    assertThatThrownBy(() -> producers.check(new ProducerStamp("d", 0, 0), now, lower))
        .isInstanceOf(Rejection.TooManyProducers.class);
    assertThat(producers.forgottenFor("d", now, lower)).isZero();
  }

  @Test
  void aClockThatWasOnceAheadKeepsNoProducerForAsLong() {
    now += 400L * 24 * HOUR;
    fill();
    now -= 400L * 24 * HOUR;
    send("c", 0, 1); // Now the clock is seen to be behind.
    now += LIMITS.expiryMillis() + 1;
    assertThatThrownBy(() -> check("a", 0, 1)).hasMessageContaining("0 is next");
    send("d", 0, 0);
    assertThat(producers.count()).as("all others expired").isEqualTo(1);
  }

  @Test
  void aProducerBelongsToWhoeverUsedItsIdFirst() {
    send("p", 0, 0, null);
    send("p", 0, 1, "ann"); // It belonged to nobody.

    assertThatThrownBy(() -> send("p", 0, 2, "bob")).isInstanceOf(Rejection.ProducerOwned.class);
    assertThatThrownBy(() -> send("p", 0, 1, "bob")).isInstanceOf(Rejection.ProducerOwned.class);
    assertThatThrownBy(() -> send("p", 9, 0, "bob")).isInstanceOf(Rejection.ProducerOwned.class);
    assertThatThrownBy(() -> producers.answerTo(new ProducerStamp("p", 0, 1, "bob")))
        .isInstanceOf(Rejection.ProducerOwned.class);
    assertThat(producers.answerTo(new ProducerStamp("p", 0, 1, "ann"))).isNotNull();

    send("p", 0, 2, null); // Nobody has written rules for a while.
    send("p", 1, 0, null);
    assertThatThrownBy(() -> send("p", 1, 1, "bob")).isInstanceOf(Rejection.ProducerOwned.class);
    now += LIMITS.expiryMillis() + 1;
    send("p", 0, 0, "bob"); // All of it was forgotten.
    assertThatThrownBy(() -> send("p", 0, 1, "ann")).isInstanceOf(Rejection.ProducerOwned.class);
  }

  @Test
  void whoReadsTheChangesAgainForgetsTheSame() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      now += random.nextLong(random.nextInt(40) == 0 ? 8 * 24 * HOUR : HOUR / 2) - HOUR / 8;
      String id = "p" + random.nextInt(6);
      try {
        String owner = random.nextInt(10) == 0 ? null : random.nextInt(4) == 0 ? "ann" : "bob";
        send(id, random.nextInt(2), random.nextInt(3), owner);
      } catch (Rejection refused) {
        continue;
      }
      if (random.nextInt(100) == 0) { // The journal turns over.
        journal.clear();
        producers.state().forEach(journal::add);
      }
    }

    Producers again = new Producers();
    journal.forEach(
        change -> again.remember((Produced) Change.decode(ByteBuffer.wrap(change.encode()))));

    assertThat(again.state()).containsExactlyElementsOf(producers.state().toList());
  }

  @Test
  void aRoundThatWasCutBackLeavesAllAsItWas() {
    Random random = new Random(2);
    for (int i = 0; i < 500; i++) {
      now += random.nextLong(HOUR) - HOUR / 3;
      List<Change> before = producers.state().toList();
      ProducerStamp stamp = new ProducerStamp("p" + random.nextInt(6), i, 0);
      try {
        Produced change = next(stamp);
        producers.remember(change).run();
        assertThat(producers.state()).containsExactlyElementsOf(before);
        var _ = producers.remember(change);
      } catch (Rejection.TooManyProducers refused) {
        assertThat(producers.state()).containsExactlyElementsOf(before);
      }
    }
  }

  private void fill() {
    for (String id : List.of("a", "b", "c")) {
      send(id, 0, 0);
      now++;
    }
  }

  private void send(String id, long epoch, long seq) {
    send(id, epoch, seq, null);
  }

  private void send(String id, long epoch, long seq, @Nullable String owner) {
    Produced change = next(new ProducerStamp(id, epoch, seq, owner));
    journal.add(change);
    var _ = producers.remember(change);
  }

  private Produced next(ProducerStamp stamp) {
    if (producers.check(stamp, now, LIMITS) != null) {
      throw new Rejection.SequenceTooOld(stamp.seq(), stamp.seq(), stamp.seq());
    }
    newest = Math.max(newest, now);
    int forgotten = producers.forgottenFor(stamp.id(), now, LIMITS);
    return new Produced(
        stamp.id(), stamp.epoch(), stamp.seq(), end++, 1, newest, now, forgotten, stamp.owner());
  }

  private @Nullable Appended check(String id, long epoch, long seq) {
    return producers.check(new ProducerStamp(id, epoch, seq), now, LIMITS);
  }

  private @Nullable Long repeat(String id, long epoch, long seq) {
    Appended before = check(id, epoch, seq);
    return before == null ? null : before.baseOffset();
  }
}
