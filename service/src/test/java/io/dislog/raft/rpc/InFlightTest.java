package io.dislog.raft.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.raft.rpc.InFlight.Sent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Few requests are under way, and none for ever. */
final class InFlightTest {

  private final InFlight requests = new InFlight();

  @Test
  void asManyAreSentAsThereIsRoomFor() {
    for (int call = 0; call < 8; call++) {
      assertThat(requests.hasRoom()).isTrue();
      requests.add(sent(call, 100, 0));
    }
    assertThat(requests.hasRoom()).isFalse();

    assertThat(requests.remove(sent(3, 100, 0))).isTrue();
    assertThat(requests.hasRoom()).isTrue();
    assertThat(requests.remove(sent(3, 100, 0))).as("once").isFalse();
  }

  @Test
  void largeOnesAreFewer() {
    requests.add(sent(1, 3 << 20, 0));
    assertThat(requests.hasRoom()).isTrue();
    requests.add(sent(2, 3 << 20, 0));
    assertThat(requests.hasRoom()).isFalse();

    requests.clear();
    assertThat(requests.hasRoom()).isTrue();
    assertThat(requests.isEmpty()).isTrue();
  }

  @Test
  void aFollowerThatLivesHasTimeForItsDisk() {
    assertThat(requests.isStuck(TimeUnit.HOURS.toNanos(1))).as("nothing is").isFalse();

    requests.add(sent(1, 100, 10));
    requests.add(sent(2, 100, 0));
    assertThat(requests.isStuck(TimeUnit.MILLISECONDS.toNanos(100))).isFalse();
    assertThat(requests.isStuck(TimeUnit.SECONDS.toNanos(10))).as("it is silent").isTrue();

    requests.clear();
    requests.add(sent(1, 100, 70));
    assertThat(requests.isStuck(TimeUnit.MILLISECONDS.toNanos(100))).isTrue();
  }

  private static Sent sent(long call, int bytes, long secondsAgo) {
    long nanos = secondsAgo == 0 ? 0 : System.nanoTime() - TimeUnit.SECONDS.toNanos(secondsAgo);
    return new Sent(call, call, call + 1, bytes, nanos);
  }
}
