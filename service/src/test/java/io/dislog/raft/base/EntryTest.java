package io.dislog.raft.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Creation;
import io.dislog.command.Encoder;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.log.Record;
import io.dislog.state.ProducerLimits;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries of this version and of those before. */
final class EntryTest {

  private static final ProducerLimits LIMITS = new ProducerLimits(5, 7);

  @Test
  void anEntrySaysWhatItsLeaderLetsLogsRemember() {
    Entry entry =
        new Entry(
            EntryVersion.NEWEST, 42, LIMITS, List.of(new PendingItem<>(new Item.Delete("a"))));

    Entry read = Entry.decode(entry.encode());

    assertThat(read.time()).isEqualTo(42);
    assertThat(read.producers()).isEqualTo(LIMITS);
    assertThat(read.items()).extracting(PendingItem::item).isEqualTo(List.of(new Item.Delete("a")));
  }

  @Test
  void anEntryOfAnOlderVersionSaysNothingOfIt() {
    Encoder to = new Encoder().putByte(1).putLong(42).putInt(1);
    new Item.Delete("a").encode(to);
    ByteBuffer older = to.finish();

    Entry read = Entry.decode(older.duplicate());

    assertThat(read.producers()).isEqualTo(ProducerLimits.NONE);
    assertThat(read.items()).extracting(PendingItem::item).isEqualTo(List.of(new Item.Delete("a")));
    assertThat(read.encode()).as("as it is written for older nodes").isEqualTo(older);
  }

  @Test
  void anEntryHasItsRoomAtOnce() {
    Record plain = Record.of(new byte[1 << 10]);
    Record full =
        new Record(
            ByteBuffer.allocate(36),
            Collections.nCopies(
                20, new Record.Header(ByteBuffer.allocate(9), ByteBuffer.allocate(3))),
            ByteBuffer.allocate(100));
    for (List<Record> records :
        List.of(List.of(plain), List.of(full), Collections.nCopies(1000, full))) {
      Append append = new Append(records, 5L, new ProducerStamp("p".repeat(36), 1, 2), 7L << 20);
      List<PendingItem<?>> items =
          Collections.nCopies(64, new PendingItem<>(new Item.OnLog<>("orders", "4711", append)));

      ByteBuffer encoded = new Entry(EntryVersion.NEWEST, 42, LIMITS, items).encode();

      int spare = encoded.capacity() - encoded.limit();
      assertThat(spare).isBetween(0, 64 * (Item.REST_BYTES + 4 * records.size()));
    }
  }

  @Test
  void anItemThatAnOlderVersionDoesNotKnowSaysSo() {
    assertThat(new Item.Create("a", Creation.ANY).version()).isEqualTo(EntryVersion.OLDEST);
    assertThat(new Item.Create("a", Creation.of(LogSettings.NONE)).version())
        .isEqualTo(EntryVersion.OLDEST);
    LogTraits traits = new LogTraits("text/plain", 5000L, null, "A/b");
    Creation finite = new Creation(null, traits, true, List.of(Record.of(new byte[] {1, 2})));
    for (Item<?> item :
        List.of(
            new Item.Create("a", finite),
            new Item.Expire("a", "7"),
            new Item.OnLog<>("a", "7", new Command.Use()),
            new Item.OnLog<>("a", "7", new Command.Close(4L, new ProducerStamp("p", 1, 2))),
            new Item.OnLog<>("a", "7", new Append(List.of(), 4L, null, "s", true, 0)))) {
      assertThat(item.version()).isEqualTo(EntryVersion.WITH_FINITE_LOGS);
      Encoder to = new Encoder();
      item.encode(to);
      assertThat(Item.decode(to.finish())).isEqualTo(item);
    }
  }

  @Test
  void whatSaysToWhomAProducerBelongsIsLeftOutForAnOlderVersion() {
    ProducerStamp stamp = new ProducerStamp("p", 1, 2, "token:till");
    for (Command<Appended> command :
        List.of(new Command.Close(4L, stamp), new Append(List.of(), 4L, stamp, 0))) {
      Item<Appended> item = new Item.OnLog<>("a", "7", command);
      assertThat(item.version()).isEqualTo(EntryVersion.WITH_OWNERS);
      assertThat(item.unowned().version()).isLessThan(EntryVersion.WITH_OWNERS);
      for (Item<?> one : List.of(item, item.unowned())) {
        Encoder to = new Encoder();
        one.encode(to);
        assertThat(Item.decode(to.finish())).isEqualTo(one);
      }
    }
  }

  @Test
  void theNewestVersionIsWrittenOnceAllMembersReadIt() {
    EntryVersion version = new EntryVersion("n0");
    List<String> members = List.of("n0", "n1", "n2");
    version.members(members);
    assertThat(version.isNewest()).isFalse();
    version.hear("n1", EntryVersion.NEWEST);
    assertThat(version.heard()).as("n2 was not heard of").isNotDone();
    version.hear("n2", 1);
    assertThat(version.heard()).isCompleted();
    assertThat(version.isNewest()).as("one is older").isFalse();
    version.hear("n2", EntryVersion.NEWEST);
    assertThat(version.isNewest()).isTrue();
    version.members(List.of("n0", "n1", "n2", "n3"));
    assertThat(version.isNewest()).as("a member came").isFalse();
    assertThat(version.heard()).isNotDone();
  }
}
