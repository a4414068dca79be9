package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class SingleFlightTest {

  @Test
  void whoComesWhileItIsUnderWaySharesTheNext() {
    Deque<CompletableFuture<Integer>> begun = new ArrayDeque<>();
    SingleFlight<Integer> flight =
        new SingleFlight<>(() -> {
          begun.add(new CompletableFuture<>());
          return begun.getLast();
        });
    CompletableFuture<Integer> first = flight.join();
    List<CompletableFuture<Integer>> later = List.of(flight.join(), flight.join());
    assertThat(begun).hasSize(1);

    begun.getLast().complete(1);
    assertThat(begun).hasSize(2);
    begun.getLast().complete(2);

    assertThat(first.join()).isEqualTo(1);
    assertThat(later).extracting(CompletableFuture::join).containsExactly(2, 2);
  }

  /** Else nobody would ever be answered again. */
  @Test
  void workThatCannotEvenBeginFailsAndTheNextBegins() {
    AtomicInteger tries = new AtomicInteger();
    SingleFlight<Integer> flight =
        new SingleFlight<>(() -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("not open yet");
          }
          return CompletableFuture.completedFuture(tries.get());
        });

    assertThat(flight.join())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("not open yet");
    assertThat(flight.join()).isCompletedWithValue(2);
  }
}
