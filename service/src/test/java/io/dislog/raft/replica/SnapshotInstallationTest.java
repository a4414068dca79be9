package io.dislog.raft.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.FaultyDisk;
import io.dislog.raft.EntryScript;
import io.dislog.raft.PeerStub;
import io.dislog.raft.Rehearsal;
import io.dislog.raft.base.Applied;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica takes over a peer's state, fetching just what it lacks. */
final class SnapshotInstallationTest {

  private static final int ENTRIES = 300;

  private final Random random = new Random(7);
  private final Rehearsal peer = new Rehearsal(new FaultyDisk(1));
  private final List<ByteBuffer> entries = new EntryScript(random).play(peer, ENTRIES);
  private PeerStub stub;

  @BeforeEach
  void serve() throws IOException {
    stub = new PeerStub(peer);
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void anEmptyReplicaHasAllAfterwards() throws IOException {
    Rehearsal empty = new Rehearsal(new FaultyDisk(2));
    Applied reached = empty.install(stub.member(), 10);
    assertThat(reached.index()).isEqualTo(ENTRIES - 1);
    assertThat(empty.picture()).isEqualTo(peer.picture());
    assertThat(empty.ask(EntryScript.probes(peer))).isEqualTo(peer.ask(EntryScript.probes(peer)));
  }

  @Test
  void whatWasInstalledIsThereAfterAPowerCut() throws IOException {
    Rehearsal empty = new Rehearsal(new FaultyDisk(2));
    empty.install(stub.member(), 10);
    Rehearsal again = empty.afterPowerCut();
    assertThat(again.next()).isEqualTo(ENTRIES);
    assertThat(again.picture()).isEqualTo(peer.picture());
  }

  @Test
  void aReplicaThatWasAwayFetchesNoStoreThatItHas() throws IOException {
    Rehearsal away = new Rehearsal(new FaultyDisk(2));
    away.applyUntil(entries, ENTRIES - 20, random);
    away.install(stub.member(), 10);
    assertThat(away.picture()).isEqualTo(peer.picture());
    long fetchedByOther = away.fetchedBytes();
    Rehearsal empty = new Rehearsal(new FaultyDisk(3));
    empty.install(stub.member(), 10);
    assertThat(fetchedByOther).isPositive().isLessThan(empty.fetchedBytes());
  }

  @Test
  void anInstallationThatWasInterruptedAnywhereGoesOn() throws IOException {
    stub.countAnswers();
    new Rehearsal(new FaultyDisk(2)).install(stub.member(), 10);
    int answers = stub.countAnswers();
    for (int until = 0; until < answers; until++) {
      Rehearsal interrupted = new Rehearsal(new FaultyDisk(until));
      stub.breakAfter(until);
      assertThatThrownBy(() -> interrupted.install(stub.member(), 10))
          .isInstanceOf(IOException.class);
      stub.mend();
      Rehearsal again = until % 2 == 0 ? interrupted.afterPowerCut() : interrupted;
      again.install(stub.member(), 10);
      assertThat(again.picture()).as("interrupted at answer %d", until).isEqualTo(peer.picture());
    }
  }

  @Test
  void aStoreThatIsNotWhatThePeerSaysIsRefused() {
    Rehearsal empty = new Rehearsal(new FaultyDisk(2));
    stub.flipABit();
    assertThatThrownBy(() -> empty.install(stub.member(), 10))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("digest");
  }

  @Test
  void aPeerThatIsBehindIsRefused() {
    Rehearsal empty = new Rehearsal(new FaultyDisk(2));
    assertThatThrownBy(() -> empty.install(stub.member(), ENTRIES))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is needed");
  }
}
