package io.dislog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SeatsTest {

  private final List<String> closed = new ArrayList<>();
  private boolean loopIsSlow;
  private long now = -5;
  private final Seats seats = new Seats(4, () -> now);

  @Test
  void ofThoseIdleForAsLongTheOneWithoutARequestGoesFirstAndAHalfSentHeadLast() {
    Seats.Seat begun = taken("begun");
    Seats.Seat kept = taken("kept");
    Seats.Seat busy = taken("busy");
    ask(begun);
    ask(kept);
    begun.headBegins();
    busy.requestBegins();
    taken("fresh");
    pass(Duration.ofSeconds(1));
    for (int i = 0; i < 3; i++) {
      taken("newcomer").requestBegins();
    }
    assertThat(closed).containsExactly("fresh", "kept", "begun");
  }

  @Test
  void ofAlikeTheLongestIdleGoesFirst() {
    List<Seats.Seat> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(taken("" + i));
      pass(Duration.ofSeconds(1));
    }
    for (int i : List.of(2, 0, 3, 1)) {
      ask(four.get(i));
      pass(Duration.ofSeconds(1));
    }
    for (int i = 0; i < 4; i++) {
      taken("newcomer").requestBegins();
    }
    assertThat(closed).containsExactly("2", "0", "3", "1");
  }

  @Test
  void nobodyWithARequestUnderWayGoesHoweverLongItTakes() {
    List<Seats.Seat> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(taken("" + i));
      four.getLast().requestBegins();
    }
    pass(Duration.ofDays(1));
    assertThat(seats.take(() -> {})).isNull();
    assertThat(seats.refused()).isEqualTo(1);
    four.get(1).requestEnds();
    assertThat(seats.take(() -> {})).as("before a client that has just been served").isNull();
    pass(Duration.ofSeconds(1));
    taken("newcomer");
    assertThat(closed).containsExactly("1");
    assertThat(seats.displaced()).isEqualTo(1);
  }

  @Test
  void aBodyThatComesSlowlyGoesWhereNobodyIsIdle() {
    List<Seats.Seat> four = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      four.add(taken("" + i));
      four.get(i).requestBegins();
    }
    four.get(1).bodyBegins();
    four.get(2).bodyBegins();
    four.get(3).bodyBegins();
    pass(Duration.ofMillis(600));
    four.get(1).bodyGoesOn(1024);
    four.get(2).bodyGoesOn(1023);
    assertThat(four.get(3).bodyEnds()).isTrue();
    pass(Duration.ofMillis(399));
    assertThat(seats.mayCome()).isFalse();
    pass(Duration.ofMillis(1));

    taken("newcomer").requestBegins();

    assertThat(closed).containsExactly("2");
    assertThat(four.get(2).bodyEnds()).as("its request").isFalse();
    assertThat(four.get(1).bodyEnds()).isTrue();
    assertThat(seats.mayCome()).isFalse();
  }

  @Test
  void whoIsIdleGoesBeforeABodyThatComesSlowly() {
    Seats.Seat slow = taken("slow");
    slow.requestBegins();
    slow.bodyBegins();
    pass(Duration.ofSeconds(9));
    for (int i = 0; i < 3; i++) {
      ask(taken("idle"));
    }
    pass(Duration.ofMillis(200));

    taken("newcomer");

    assertThat(closed).containsExactly("idle");
    slow.requestEnds();
    assertThat(slow.bodyEnds()).isFalse();
  }

  @Test
  void whoHasJustComeDoesNotGoBeforeThoseThatHaveBeenIdleForAMinute() {
    for (int i = 0; i < 4; i++) {
      Seats.Seat kept = taken("kept");
      for (int request = 0; request < 1000; request++) {
        ask(kept);
      }
    }
    pass(Duration.ofMinutes(1));
    for (int i = 0; i < 2; i++) {
      taken("newcomer");
      pass(Duration.ofMillis(500));
    }
    assertThat(closed).containsExactly("kept", "kept");
  }

  @Test
  void aClientThatKeepsAskingOutlastsACrowd() {
    Seats hundred = new Seats(100, () -> now);
    Seats.Seat steady = taken(hundred, "steady");
    for (int request = 0; request < 20; request++) {
      ask(steady);
    }
    for (int i = 1; i <= 1000; i++) {
      pass(Duration.ofMillis(1));
      Seats.Seat crowd = taken(hundred, "crowd");
      if (i % 2 == 0) {
        ask(crowd);
      }
      if (i % 100 == 0) {
        ask(steady);
      }
    }
    assertThat(closed).hasSize(901).doesNotContain("steady");
  }

  @Test
  void theRequestOfOneThatIsAboutToBeClosedIsNotLookedAt() {
    loopIsSlow = true;
    Seats.Seat first = taken("first");
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(1));
      taken("other").requestBegins();
    }
    assertThat(closed).containsExactly("first");
    assertThat(first.requestBegins()).isFalse();
    first.headBegins();
    first.requestEnds();
    first.leave();
    assertThat(seats.taken()).isEqualTo(4);
  }

  @Test
  void newcomersWaitForASecondWhileNobodyCanGo() {
    for (int i = 0; i < 4; i++) {
      assertThat(seats.mayCome()).isTrue();
      taken("" + i).requestBegins();
    }
    assertThat(seats.mayCome()).isFalse();
    pass(Duration.ofMillis(999));
    assertThat(seats.mayCome()).isFalse();
    pass(Duration.ofMillis(1));
    assertThat(seats.mayCome()).as("to be refused").isTrue();
  }

  @Test
  void newcomersWaitWhileTooManyAreStillToClose() {
    loopIsSlow = true;
    Seats.Seat first = taken("first");
    for (int i = 0; i < 5; i++) {
      pass(Duration.ofSeconds(1));
      assertThat(seats.mayCome()).isTrue();
      taken("other");
    }
    pass(Duration.ofSeconds(1));
    assertThat(seats.mayCome()).isFalse();
    first.leave();
    assertThat(seats.mayCome()).isTrue();
  }

  @Test
  void manyThreadsLeaveNoSeatBehind() throws Exception {
    AtomicLong clock = new AtomicLong();
    Seats shared = new Seats(20, () -> clock.addAndGet(1_000_000));
    try (ExecutorService loops = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      CyclicBarrier together = new CyclicBarrier(4);
      for (int loop = 0; loop < 4; loop++) {
        SplittableRandom random = new SplittableRandom(loop);
        all.add(
            loops.submit(() -> {
              comeAndGo(shared, random, together);
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(shared.displaced()).isPositive();
    assertThat(shared.taken()).isZero();
    for (int i = 0; i < 20; i++) {
      assertThat(shared.take(() -> closed.add("a seat that is free"))).isNotNull();
    }
    assertThat(closed).isEmpty();
  }

  /**
   * Takes and leaves seats, with others.
   *
   * @param together without which some may be done before others begin, and nobody lacks a seat
   */
  private static void comeAndGo(Seats seats, SplittableRandom random, CyclicBarrier together)
      throws Exception {
    List<Seats.Seat> own = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      if (i % 1000 == 0) {
        together.await(60, TimeUnit.SECONDS);
      }
      if (own.size() < 8) {
        Seats.@Nullable Seat seat = seats.take(() -> {});
        if (seat != null) {
          seat.arrive();
          own.add(seat);
        }
      }
      if (!own.isEmpty()) {
        int which = random.nextInt(own.size());
        Seats.Seat seat = own.get(which);
        switch (random.nextInt(7)) {
          case 0 -> seat.headBegins();
          case 1 -> seat.requestBegins();
          case 2 -> seat.requestEnds();
          case 3 -> seat.bodyBegins();
          case 4 -> seat.bodyGoesOn(700);
          case 5 -> seat.bodyEnds();
          default -> own.remove(which).leave();
        }
      }
    }
    own.forEach(Seats.Seat::leave);
  }

  private Seats.Seat taken(String name) {
    return taken(seats, name);
  }

  private Seats.Seat taken(Seats seats, String name) {
    Seats.@Nullable Seat[] own = new Seats.Seat[1];
    Seats.Seat seat =
        seats.take(() -> {
          closed.add(name);
          if (!loopIsSlow) {
            own[0].leave();
          }
        });
    assertThat(seat).as("a seat for the " + name).isNotNull();
    own[0] = seat;
    seat.arrive();
    return seat;
  }

  private static void ask(Seats.Seat seat) {
    assertThat(seat.requestBegins()).isTrue();
    seat.requestEnds();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}
