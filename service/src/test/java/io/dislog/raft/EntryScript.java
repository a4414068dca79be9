package io.dislog.raft;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Creation;
import io.dislog.command.ForkPoint;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.OffsetSpec;
import io.dislog.command.SettingsPatch;
import io.dislog.command.Sighting;
import io.dislog.log.Record;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.base.Item;
import io.dislog.raft.base.PendingItem;
import io.dislog.shard.LogView;
import io.dislog.state.ProducerLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes random entries, such that most of what they ask makes sense. */
public final class EntryScript {

  /** Few and short enough for producers to be forgotten while a script plays. */
  private static final ProducerLimits LIMITS = new ProducerLimits(40_000, 2);

  private static final long AHEAD = Duration.ofDays(400).toMillis();
  private static final List<String> NAMES = List.of("a", "b", "c");

  private final Random random;
  private final Map<String, Long> sequences = new HashMap<>();
  private long now = 1_700_000_000_000L;

  public EntryScript(Random random) {
    this.random = random;
  }

  /** Applies so many entries to a replica, and returns them as they go to others. */
  public List<ByteBuffer> play(Rehearsal replica, int count) {
    List<ByteBuffer> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now += random.nextInt(2000) - 200; // Leaders' clocks differ.
      if (i == count / 3) {
        now += AHEAD; // All at once, and are put right.
      } else if (i == count / 2) {
        now -= AHEAD;
      }
      List<PendingItem<?>> items = new ArrayList<>();
      for (int left = 1 + random.nextInt(6); left > 0; left--) {
        items.add(new PendingItem<>(item(replica)));
      }
      Entry entry = new Entry(EntryVersion.NEWEST, now, LIMITS, items);
      entries.add(entry.encode());
      replica.ask(entry);
    }
    return entries;
  }

  /** Asks for what tells two replicas apart that look the same. */
  public static Entry probes(Rehearsal replica) {
    List<PendingItem<?>> items = new ArrayList<>();
    for (LogView log : replica.logs()) {
      for (int producer = 0; producer < 3; producer++) {
        for (long seq = 0; seq < 40; seq++) {
          ProducerStamp stamp = new ProducerStamp("p" + producer, 0, seq);
          items.add(onLog(log, new Append(List.of(), null, stamp, 0)));
        }
      }
    }
    return new Entry(EntryVersion.NEWEST, 1_800_000_000_000L, ProducerLimits.NONE, items);
  }

  private Item<?> item(Rehearsal replica) {
    String name = NAMES.get(random.nextInt(NAMES.size()));
    List<LogView> there = replica.logs().stream().filter(log -> log.name().equals(name)).toList();
    if (there.isEmpty() || random.nextInt(60) == 0) {
      return new Item.Create(name, there.isEmpty() ? fork(replica) : creation());
    }
    return switch (random.nextInt(80)) {
      case 3 -> new Item.Expire(name, random.nextBoolean() ? there.getFirst().id() : "another");
      case 0 -> new Item.Delete(name);
      case 1 -> new Item.PatchDefaults(maxBytes(2000));
      case 2 -> new Item.AdoptDefaults(LogSettings.NONE);
      default -> onLog(there.getFirst(), command(there.getFirst())).item();
    };
  }

  /** Of another log, where there is one. */
  private Creation fork(Rehearsal replica) {
    List<LogView> logs = replica.logs();
    if (logs.isEmpty() || random.nextBoolean()) {
      return creation();
    }
    LogView source = logs.get(random.nextInt(logs.size()));
    long offset = random.nextLong(source.extent().endOffset() + 1);
    ForkPoint point = new ForkPoint(source.name(), source.id(), offset, 0);
    return new Creation(
        null, LogTraits.NONE.forkedAt(point), null, random.nextBoolean() ? List.of() : batch());
  }

  private Creation creation() {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Creation.ANY;
      case 2, 3 -> Creation.of(LogSettings.NONE);
      default -> {
        Long ttl = random.nextBoolean() ? (Long) (1000L + random.nextInt(60_000)) : null;
        Long expiresAt = ttl == null && random.nextBoolean() ? (Long) (now + 60_000) : null;
        LogTraits traits = new LogTraits("text/plain", ttl, expiresAt, null);
        yield new Creation(
            null, traits, random.nextInt(10) == 0, random.nextBoolean() ? List.of() : batch());
      }
    };
  }

  private static <R> PendingItem<R> onLog(LogView log, Command<R> command) {
    return new PendingItem<>(new Item.OnLog<>(log.name(), log.id(), command));
  }

  private Command<?> command(LogView log) {
    long end = log.extent().endOffset();
    return switch (random.nextInt(28)) {
      case 9 -> random.nextInt(20) == 0 ? new Command.Close(null, null) : new Command.Use();
      case 10, 11 -> inSequence(log, end);
      case 12 ->
          random.nextInt(3) == 0
              ? new Command.Fork("f" + random.nextInt(2))
              : new Command.Unfork("f" + random.nextInt(2));
      case 0 -> new Command.Trim(random.nextLong(end + 2));
      case 1 -> new Command.Seal();
      case 2 -> new Command.ApplyRetention(random.nextLong(end + 1), sighting(log));
      case 3 -> new Command.SealAged();
      case 4 -> new Command.Configure(maxBytes(6000));
      case 5 -> new Command.DeleteConsumer("d" + random.nextInt(2));
      case 6, 7, 8 ->
          new Command.MoveConsumer(
              "d" + random.nextInt(2),
              random.nextBoolean() ? new OffsetSpec.Latest() : new OffsetSpec.At(end / 2),
              random.nextBoolean() ? null : end / 2);
      default -> append(log, end);
    };
  }

  private @Nullable Sighting sighting(LogView log) {
    return random.nextBoolean()
        ? null
        : new Sighting(log.segments().getLast().baseOffset(), log.extent().endOffset());
  }

  private Append append(LogView log, long end) {
    List<Record> records = batch();
    long size = records.stream().mapToLong(Record::valueSize).sum();
    return switch (random.nextInt(5)) {
      case 0 -> new Append(records, end + random.nextInt(2), null, size);
      case 1, 2 -> new Append(records, null, stamp(log), size);
      default -> new Append(records, null, null, size);
    };
  }

  private Append inSequence(LogView log, long end) {
    Append plain = append(log, end);
    return new Append(
        plain.records(),
        plain.expectedOffset(),
        plain.producer(),
        "%05d".formatted(end + random.nextInt(3)),
        random.nextInt(60) == 0,
        plain.size());
  }

  private List<Record> batch() {
    List<Record> records = new ArrayList<>();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 3000 : 300)];
      random.nextBytes(value);
      records.add(Record.of(value));
    }
    return records;
  }

  private ProducerStamp stamp(LogView log) {
    String producer = "p" + random.nextInt(3);
    String key = log.name() + log.id() + producer;
    long seq = sequences.getOrDefault(key, 0L);
    if (random.nextInt(4) > 0) {
      sequences.put(key, seq + 1);
    }
    return new ProducerStamp(producer, 0, seq);
  }

  private SettingsPatch maxBytes(int atMost) {
    return new SettingsPatch(
        Map.of(
            Setting.SEGMENT_MAX_BYTES, 4096L + random.nextInt(atMost),
            Setting.RETENTION_MAX_AGE, 20_000L + random.nextInt(20_000),
            Setting.RETENTION_MAX_BYTES, 20_000L + random.nextInt(20_000)),
        Set.of());
  }
}
