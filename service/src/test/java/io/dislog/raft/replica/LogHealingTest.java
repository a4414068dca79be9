package io.dislog.raft.replica;

import static io.dislog.raft.Rehearsal.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.disk.Fault;
import io.dislog.disk.FaultyDisk;
import io.dislog.log.Record;
import io.dislog.log.SegmentName;
import io.dislog.raft.PeerStub;
import io.dislog.raft.Rehearsal;
import io.dislog.raft.base.Item;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is damaged of a log is fetched from a peer, and the rest of it is not. */
final class LogHealingTest {

  private static final Path FOLDER = Path.of("/data/shards/0/logs/hurt");
  private static final int RECORDS = 16;
  private static final int RECORD_BYTES = 1000;
  private static final String JOURNAL = "journal";
  private static final String FIRST = "first";
  private static final String ACTIVE = "active";

  private final Rehearsal sound = new Rehearsal(new FaultyDisk(1));
  private final List<Item<?>> items = new ArrayList<>();
  private FaultyDisk disk = new FaultyDisk(2);
  private Rehearsal hurt = new Rehearsal(disk);
  private PeerStub peer;
  private int appended;

  @BeforeEach
  void begin() throws IOException {
    peer = new PeerStub(sound);
    both(new Item.Create("hurt", Creation.ANY));
    both(new Item.Create("well", Creation.ANY));
    for (int i = 0; i < RECORDS; i++) {
      both(append("hurt"));
    }
    both(append("well"));
  }

  @AfterEach
  void end() {
    peer.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNAL, FIRST, ACTIVE})
  void whatIsDamagedIsFetched(String what) throws IOException {
    damage(what);
    assertThat(hurt.healable()).containsExactly("hurt");

    hurt.heal("hurt", peer.member());

    assertHealed();
    both(append("hurt"));
    assertHealed();
    hurt.close();
    hurt = new Rehearsal(disk);
    assertHealed();
  }

  @Test
  void whatIsSoundIsNotFetched() throws IOException {
    damage(FIRST);

    hurt.heal("hurt", peer.member());

    assertThat(hurt.fetchedBytes()).isPositive().isLessThan(RECORDS * RECORD_BYTES / 2);
  }

  @Test
  void itsIndexesStayWhereItsStoresDo() throws IOException {
    damage(JOURNAL);
    long before = disk.operations();

    hurt.heal("hurt", peer.member());

    assertThat(disk.history().stream().filter(done -> done.contains("/logs/hurt/0")))
        .as("operations on what it has, of %d", disk.operations() - before)
        .noneMatch(done -> done.startsWith("write"));
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNAL, FIRST, ACTIVE})
  void entriesThatThePeerHadAreLeftOut(String what) throws IOException {
    damage(what);
    List<Item<?>> ahead = List.of(append("hurt"), append("well"), append("hurt"));
    ahead.forEach(item -> sound.ask(entry(item)));

    hurt.heal("hurt", peer.member());
    ahead.forEach(item -> hurt.ask(entry(item)));

    assertHealed();
  }

  @Test
  void aPeerThatIsBehindIsRefused() throws IOException {
    damage(JOURNAL);
    hurt.ask(entry(append("well")));

    assertThatThrownBy(() -> hurt.heal("hurt", peer.member()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is needed");

    assertThat(hurt.healable()).containsExactly("hurt");
  }

  @Test
  void aPeerWhoseOwnIsDamagedIsRefused() throws IOException {
    damage(FIRST);
    FaultyDisk other = sound.disk();
    Path store = SegmentName.store(FOLDER, 0);
    other.put(store, new byte[other.content(store).length]);

    assertThatThrownBy(() -> hurt.heal("hurt", peer.member())).isInstanceOf(IOException.class);

    assertThat(hurt.healable()).containsExactly("hurt");
    assertThat(hurt.log("hurt").read(RECORDS - 1).offset()).isEqualTo(RECORDS - 1);
  }

  @Test
  void whatIsNotWhatThePeerSaysIsRefused() throws IOException {
    damage(ACTIVE);
    peer.flipABit();

    assertThatThrownBy(() -> hurt.heal("hurt", peer.member())).hasMessageContaining("digest");

    assertThat(hurt.healable()).containsExactly("hurt");
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNAL, FIRST, ACTIVE})
  void whereverThePowerGoesItIsHealedLater(String what) throws IOException {
    boolean whole = false;
    for (int operation = 1; !whole; operation++) {
      begin(new FaultyDisk(operation));
      damage(what);
      disk.plan(Fault.of(Fault.Kind.TEAR, disk.operations() + operation));
      whole = isHealed();
      Rehearsal after = hurt.afterPowerCut();
      readAll(after);
      if (after.healable().isEmpty()) {
        assertThat(after.next()).as("it was healed").isEqualTo(sound.next());
      } else {
        after.heal("hurt", peer.member());
      }
      assertThat(after.picture()).as("after operation %d", operation).isEqualTo(sound.picture());
    }
  }

  private boolean isHealed() {
    try {
      hurt.heal("hurt", peer.member());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void begin(FaultyDisk on) {
    disk = on;
    hurt = new Rehearsal(on);
    items.forEach(item -> hurt.ask(entry(item)));
  }

  private void both(Item<?> item) {
    items.add(item);
    assertThat(hurt.ask(entry(item))).isEqualTo(sound.ask(entry(item)));
  }

  private void assertHealed() throws IOException {
    assertThat(hurt.picture()).isEqualTo(sound.picture());
    assertThat(hurt.healable()).isEmpty();
  }

  /** Closes the replica, damages a file, and opens it again, as far as somebody looks. */
  private void damage(String what) throws IOException {
    hurt.close();
    for (Path file : disk.files()) {
      if (file.startsWith(FOLDER) && isMeant(file.getFileName().toString(), what)) {
        disk.put(file, new byte[disk.content(file).length]);
      }
    }
    hurt = new Rehearsal(disk);
    readAll(hurt);
  }

  private boolean isMeant(String file, String what) {
    long active = sound.log("hurt").segments().getLast().baseOffset();
    return switch (what) {
      case FIRST -> file.equals(name(0));
      case ACTIVE -> file.equals(name(active));
      default -> file.endsWith(what);
    };
  }

  private static String name(long baseOffset) {
    return SegmentName.store(FOLDER, baseOffset).getFileName().toString();
  }

  private static void readAll(Rehearsal replica) {
    try {
      LogView log = replica.log("hurt");
      for (long offset = 0; offset < log.extent().endOffset(); offset++) {
        var _ = log.read(offset);
      }
    } catch (IOException | RuntimeException e) {
      // Whoever reads is told.
    }
  }

  private Item<?> append(String log) {
    byte[] value = new byte[RECORD_BYTES];
    value[0] = (byte) appended++;
    return new Item.OnLog<>(
        log,
        sound.log(log).id(),
        new Command.Append(List.of(Record.of(value)), null, null, value.length));
  }
}
