package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.log.DamageException;
import io.dislog.log.FaultyDisk;
import io.dislog.log.LogFailedException;
import io.dislog.log.StoredRecord;
import io.dislog.shard.Command.Append;
import io.dislog.shard.LogSettings;
import io.dislog.shard.NamedLog;
import io.dislog.shard.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever became of one file: no wrong byte is served, and the other log is not touched. */
final class RandomDamageTest {

  private static final int ROUNDS = 300;
  private static final Logger LOGGER = Logger.getLogger("io.dislog");

  /** What is done to a file. */
  enum Damage {
    BIT_FLIPPED,
    CUT,
    EMPTIED,
    BLOCK_ZEROED,
    GARBAGE_APPENDED
  }

  @BeforeAll
  static void keepQuietAboutDamage() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedFileServesTheRightBytesOrIsRefused(Damage damage) throws IOException {
    for (long seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      TestClock clock = new TestClock();
      FaultyDisk disk = new FaultyDisk(seed);
      List<StoredRecord> records = filled(disk, clock, random);
      List<Path> files = disk.files().stream().filter(f -> f.startsWith("/data/logs/hit")).toList();
      Path hit = files.get(random.nextInt(files.size()));
      disk.put(hit, damaged(damage, disk.content(hit), random));
      String what = "seed %d, %s of %s".formatted(seed, damage, hit);

      Rig rig = Rig.open(disk, Rig.DATA, clock, Runnable::run);

      assertThat(readable(rig.log("whole"), records, what)).as(what).isEqualTo(records.size());
      if (rig.has("hit")) {
        readable(rig.log("hit"), records, what);
        mayAppend(rig, random);
      } else {
        assertThat(rig.shard().refused().get("hit")).as(what).contains("is damaged at position");
      }
    }
  }

  private static List<StoredRecord> filled(FaultyDisk disk, TestClock clock, Random random)
      throws IOException {
    Rig rig = Rig.open(disk, Rig.DATA, clock, Runnable::run);
    Batches batches = new Batches(random);
    List<StoredRecord> records = new ArrayList<>();
    rig.create("hit", LogSettings.NONE);
    rig.create("whole", LogSettings.NONE);
    for (int i = 0; i < 12; i++) {
      Append append = batches.append(null);
      rig.submit("hit", append).join();
      rig.submit("whole", append).join();
    }
    for (long offset = 0; offset < rig.log("hit").extent().endOffset(); offset++) {
      records.add(rig.log("hit").read(offset));
    }
    rig.close();
    return records;
  }

  private static byte[] damaged(Damage damage, byte[] content, Random random) {
    int at = content.length == 0 ? 0 : random.nextInt(content.length);
    byte[] damaged = content.clone();
    return switch (damage) {
      case CUT -> Arrays.copyOf(content, at);
      case EMPTIED -> new byte[0];
      case GARBAGE_APPENDED -> {
        byte[] garbage = new byte[1 + random.nextInt(200)];
        random.nextBytes(garbage);
        damaged = Arrays.copyOf(content, content.length + garbage.length);
        System.arraycopy(garbage, 0, damaged, content.length, garbage.length);
        yield damaged;
      }
      case BIT_FLIPPED -> {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
        yield damaged;
      }
      case BLOCK_ZEROED -> {
        int from = at / 512 * 512;
        Arrays.fill(damaged, from, Math.min(from + 512, damaged.length), (byte) 0);
        yield damaged;
      }
    };
  }

  /** How many records can be read; each that can is the right one. */
  private static int readable(NamedLog log, List<StoredRecord> records, String what)
      throws IOException {
    int readable = 0;
    for (StoredRecord record : records) {
      try {
        assertThat(log.read(record.offset())).as(what).isEqualTo(record);
        readable++;
      } catch (DamageException e) {
        assertThat(e).as(what).hasMessageContaining("is damaged at position");
      }
    }
    return readable;
  }

  private static void mayAppend(Rig rig, Random random) {
    try {
      rig.submit("hit", new Batches(random).append(null)).join();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(LogFailedException.class);
    }
  }
}
