package io.dislog.commit;

import io.dislog.disk.Fault;
import io.dislog.disk.Fault.Kind;
import io.dislog.disk.FaultyDisk;
import io.dislog.disk.FileCache;
import io.dislog.disk.StorageFullException;
import io.dislog.shard.TestClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One life of a data directory: a workload, a fault, a restart, more work and more faults. */
final class CrashRun {

  private static final int MOST_OPENINGS = 4;
  private static final int MOST_STEPS = 400;

  private final Random random;
  private final TestClock clock = new TestClock();
  private final Workload workload;
  private final Executor forcer;

  /** Whether few files are open at the same time. */
  private final boolean few;

  private FaultyDisk disk;
  private final List<String> past = new ArrayList<>();
  private boolean powerWasCut;

  CrashRun(long seed, boolean buffers) {
    random = new Random(seed);
    few = seed % 2 == 1;
    workload = new Workload(seed, clock, buffers);
    forcer = random.nextBoolean() ? Runnable::run : ShardDriver::logFirst;
    disk = new FaultyDisk(seed);
  }

  /** What the disk did last. */
  String history() {
    past.addAll(disk.history());
    return String.join("\n", past);
  }

  void run(Kind kind, int at) throws IOException {
    disk.pause(true);
    disk.createFolders(ShardDriver.DATA);
    disk.forceFolder(Path.of("/"));
    disk.pause(false);
    disk.plan(new Fault(kind, at, at + (random.nextBoolean() ? 0 : random.nextInt(30))));
    disk.plan(Fault.of(random.nextBoolean() ? Kind.CUT : Kind.TEAR, at + random.nextInt(1, 60)));
    int steps = 0;
    int openings = 0;
    while (openings < MOST_OPENINGS && steps < MOST_STEPS) {
      ShardDriver driver = open();
      if (driver == null) {
        continue;
      }
      disk.pause(true);
      workload.check(driver, powerWasCut);
      disk.pause(false);
      powerWasCut = false;
      if (++openings > 1) {
        disk.plan(
            Fault.of(
                random.nextBoolean() ? Kind.CUT : Kind.TEAR,
                disk.operations() + random.nextInt(1, 60)));
      }
      boolean reopen = false;
      while (!reopen && steps++ < MOST_STEPS) {
        reopen = workload.step(driver) || disk.isOff();
      }
      restart(driver);
    }
  }

  /** Opens the directory; null where a fault came between. */
  private @Nullable ShardDriver open() throws IOException {
    int faults = disk.faultsLeft();
    try {
      ShardDriver driver =
          ShardDriver.open(few ? new FileCache(disk, 2) : disk, ShardDriver.DATA, clock, forcer);
      if (faults == disk.faultsLeft()
          || (!disk.isOff() && driver.shard().damaged().unavailable().isEmpty())) {
        return driver;
      }
    } catch (IOException e) {
      if (faults == disk.faultsLeft() && !(e instanceof StorageFullException)) {
        throw e;
      }
    }
    if (disk.isOff()) {
      powerOn();
    }
    return null;
  }

  private void restart(ShardDriver driver) throws IOException {
    if (!disk.isOff()) {
      disk.pause(true);
      workload.checkFailed(driver);
      disk.pause(false);
      switch (random.nextInt(3)) {
        case 0 -> disk.cutPower();
        case 1 -> driver.close();
        default -> {}
      }
    }
    if (disk.isOff()) {
      powerOn();
    }
  }

  private void powerOn() {
    past.addAll(disk.history());
    past.add("- power cut -");
    disk = disk.afterPowerCut();
    powerWasCut = true;
  }
}
