package io.dislog.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.MoveConsumer;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Command.Trim;
import io.dislog.command.Consumer;
import io.dislog.command.OffsetSpec;
import io.dislog.command.Rejection;
import io.dislog.disk.DamageException;
import io.dislog.log.Extent;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import io.dislog.shard.LogView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one damaged file does: it is told or mended, and no wrong byte is ever shown. */
final class DamageTest {

  private static final int ROUNDS = 60;
  private static final int RECORDS = 40;
  private static final int EARLIEST = 3;
  private static final List<String> LOGS = List.of("one", "two");

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void oneDamagedFileIsToldOrMendedAndNoWrongByteIsShown(Damage damage) throws IOException {
    Path sound = temp.resolve("sound");
    Path killed = temp.resolve("killed");
    try (LocalLogs logs = LocalLogs.in(sound)) {
      fill(logs);
      copy(sound, killed); // As a kill leaves it: nothing was closed.
    }
    for (int round = 0; round < ROUNDS; round++) {
      long seed = 31L * round + damage.name().hashCode();
      Random random = new Random(seed);
      Path folder = temp.resolve("round-" + round);
      copy(random.nextBoolean() ? sound : killed, folder);
      Path file = pick(folder, random);
      String what = damage + " of " + folder.relativize(file) + ", seed " + seed;
      damage.inflict(file, random);
      try {
        open(folder, log(folder, file), what);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(what, e);
      }
      delete(folder);
    }
  }

  private static void fill(LocalLogs logs) {
    for (String name : LOGS) {
      LogView log = logs.create(name, Map.of());
      for (int offset = 0; offset < RECORDS; offset++) {
        var _ = logs.run(name, append(log, offset));
      }
      var _ = logs.run(name, new MoveConsumer("reader", new OffsetSpec.At(20), null));
      var _ = logs.run(name, new Trim(EARLIEST));
    }
  }

  private static void open(Path folder, String damagedLog, String what) throws IOException {
    try (LocalLogs logs = LocalLogs.in(folder)) {
      for (String name : LOGS) {
        boolean told = isTold(logs, name, what);
        assertThat(told && !name.equals(damagedLog))
            .as("the damage is told of the log '%s' that has none", name)
            .isFalse();
      }
    } catch (DamageException e) {
      // Without its defaults no log knows its limits: the start is refused, and says why.
      assertThat(e).hasMessageContaining("expected").hasMessageContaining("found");
      assertThat(damagedLog).isEqualTo("defaults");
    }
  }

  /** Whether damage was told; what was not told is as it was. */
  private static boolean isTold(LocalLogs logs, String name, String what) throws IOException {
    LogView log;
    try {
      log = logs.commit().log(name);
    } catch (Rejection.LogUnavailable e) {
      assertThat(e).hasMessageContaining("expected").hasMessageContaining("found");
      return true;
    }
    boolean told = log.failure() != null;
    for (int offset = EARLIEST; offset < RECORDS; offset++) {
      told |= !isRight(log, offset);
    }
    if (log.failure() == null) {
      Extent extent = log.extent();
      assertThat(List.of(extent.earliestOffset(), extent.endOffset()))
          .isEqualTo(List.of((long) EARLIEST, (long) RECORDS));
      Appended repeated = logs.run(name, append(log, RECORDS - 1));
      assertThat(repeated.duplicate()).isTrue();
      assertThat(repeated.baseOffset()).isEqualTo(RECORDS - 1);
      assertThat(logs.append(name, "more").baseOffset()).isEqualTo(RECORDS);
    }
    Consumer reader = Objects.requireNonNull(log.consumer("reader"), what);
    assertThat(reader.offset()).isEqualTo(20);
    return told;
  }

  private static boolean isRight(LogView log, int offset) throws IOException {
    try {
      String value = LocalLogs.text(log.read(offset).record().value());
      assertThat(value).isEqualTo(value(log.name(), offset));
      return true;
    } catch (DamageException | LogFailedException e) {
      assertThat(e).hasMessageContaining("expected").hasMessageContaining("found");
      return false;
    } catch (OffsetOutOfRangeException e) {
      assertThat(log.failure()).as("the log is short and takes appends").isNotNull();
      return false;
    }
  }

  private static Append append(LogView log, int offset) {
    Append plain = LocalLogs.batch(value(log.name(), offset));
    return new Append(
        plain.records(), null, new ProducerStamp("producer", 0, offset), plain.size());
  }

  private static String value(String log, int offset) {
    return (log + " " + offset + " ").repeat(40);
  }

  private static Path pick(Path folder, Random random) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
      return files.get(random.nextInt(files.size()));
    }
  }

  /** The log whose file this is, or "defaults". */
  private static String log(Path folder, Path file) {
    Path relative = folder.relativize(file);
    return relative.startsWith("logs")
        ? relative.getName(1).toString()
        : relative.getName(0).toString();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : new ArrayList<>(paths.toList()).reversed()) {
        Files.delete(path);
      }
    }
  }

  /** What can become of a file. */
  enum Damage {
    A_FLIPPED_BIT {
      @Override
      byte[] of(byte[] bytes, Random random) {
        if (bytes.length > 0) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
      }
    },
    A_LOST_END {
      @Override
      byte[] of(byte[] bytes, Random random) {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      }
    },
    A_ZEROED_BLOCK {
      @Override
      byte[] of(byte[] bytes, Random random) {
        int block = 512 * random.nextInt(bytes.length / 512 + 1);
        for (int i = block; i < Math.min(bytes.length, block + 512); i++) {
          bytes[i] = 0;
        }
        return bytes;
      }
    },
    GARBAGE_AT_THE_END {
      @Override
      byte[] of(byte[] bytes, Random random) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(300));
        for (int i = bytes.length; i < longer.length; i++) {
          longer[i] = (byte) random.nextInt();
        }
        return longer;
      }
    },
    A_MISSING_FILE {
      @Override
      byte[] of(byte[] bytes, Random random) {
        return fail("there are no bytes of a missing file");
      }

      @Override
      void inflict(Path file, Random random) throws IOException {
        Files.delete(file);
      }
    };

    abstract byte[] of(byte[] bytes, Random random);

    void inflict(Path file, Random random) throws IOException {
      Files.write(file, of(Files.readAllBytes(file), random));
    }
  }
}
