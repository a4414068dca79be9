package io.dislog.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FreePortTest {

  @Test
  void eachIsAnotherOneBelowThoseOfConnections() {
    Set<Integer> given = new HashSet<>();
    for (int number = 0; number < 100; number++) {
      int port = FreePort.next();
      assertThat(port).isBetween(15_000, 29_999);
      assertThat(given.add(port)).isTrue();
    }
  }

  @Test
  void oneThatIsTakenIsNotGiven() throws IOException {
    boolean isTaken = false;
    while (!isTaken) {
      int last = FreePort.next();
      int following = last + 1 < 30_000 ? last + 1 : 15_000;
      try (ServerSocket taken = new ServerSocket()) {
        taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), following));
        isTaken = true;
        assertThat(FreePort.next()).isNotEqualTo(following);
      } catch (BindException e) {
        // Another process has it, and may give it back at any moment: then it is the next one.
      }
    }
  }
}
