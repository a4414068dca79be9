package io.dislog.commit;

import io.dislog.command.Rejection;
import io.dislog.disk.DirectoryLock;
import io.dislog.disk.Disk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import io.dislog.shard.DiskReserve;
import io.dislog.shard.LogView;
import io.dislog.shard.Shard;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node without others: takes its data directory, recovers the logs in the background, and commits
 * to them until it is closed. Safe for use by many threads.
 */
public final class LocalNode implements Node {

  private static final System.Logger LOGGER = System.getLogger(LocalNode.class.getName());
  private static final int OPEN_SEGMENTS = 512;
  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CommitListener listener;
  private final StateBudget budget;
  private final DirectoryLock lock;
  private final StorageWatch storage;
  private final ClusterId clusterId;
  private final LogResources resources;
  private final Shard shard;
  private final ExecutorService forcer = Executors.newVirtualThreadPerTaskExecutor();
  private final Thread recovery;
  private volatile int recovered;
  private volatile int total;
  private volatile long toldAt = System.nanoTime();
  private volatile @Nullable Exception failure;
  private volatile @Nullable LocalCommit commit;
  private final LogMaintenance maintenance;

  /**
   * Takes the data directory, which is created where it is not there, and begins to recover.
   *
   * @throws IOException where another process has the directory, or it can't be used
   */
  public LocalNode(Setup setup, Disk disk, CommitListener listener) throws IOException {
    this.listener = listener;
    budget = setup.budget();
    maintenance = new LogMaintenance(setup.retentionInterval(), budget);
    disk.createFolders(setup.dataDirectory());
    DirectoryOwner.checkNotOfACluster(setup.dataDirectory());
    lock = DirectoryLock.take(setup.dataDirectory());
    try {
      clusterId = new ClusterId(disk, setup.dataDirectory());
      DiskReserve reserve = new DiskReserve(disk, setup.dataDirectory(), setup.reserveBytes());
      storage = new StorageWatch(reserve);
      resources = new LogResources(disk, setup.dataDirectory(), OPEN_SEGMENTS, new Remover(disk));
      shard =
          new Shard(
              resources,
              setup.dataDirectory(),
              reserve,
              setup.defaults(),
              budget::producers,
              InstantSource.system(),
              forcer);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
    recovery = Thread.ofPlatform().name("recovery").start(this::recover);
  }

  @Override
  public Commit commit() {
    LocalCommit ready = commit;
    if (ready == null) {
      throw new Rejection.NotReady(health().why());
    }
    return new LimitedCommit(ready, budget);
  }

  @Override
  public Optional<Cluster> cluster() {
    return Optional.empty();
  }

  @Override
  public Health health() {
    Exception failed = failure;
    LocalCommit ready = commit;
    if (failed != null) {
      return new Health(false, "recovery failed: " + resources.trouble().words(failed));
    }
    if (ready == null) {
      return new Health(false, "recovering: %d of %d logs".formatted(recovered, total));
    }
    List<String> sick = sick(ready);
    List<String> flaws = new ArrayList<>(storage.flaws());
    if (!sick.isEmpty()) {
      flaws.add("logs that take no appends: " + String.join(", ", sick));
    }
    return new Health(
        sick.isEmpty() || sick.size() < ready.logs("", null, Integer.MAX_VALUE).size(),
        String.join("; ", flaws));
  }

  @Override
  public StorageWatch storage() {
    return storage;
  }

  @Override
  public Optional<UUID> clusterId() {
    return Optional.ofNullable(clusterId.value());
  }

  @Override
  public LogMaintenance maintenance() {
    return maintenance;
  }

  /** Ends what waits, then forces and closes the logs and gives the data directory back. */
  @Override
  public void close() throws IOException {
    try (lock;
        resources) {
      recovery.join();
      maintenance.close();
      LocalCommit ready = commit;
      if (ready != null) {
        ready.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      forcer.close();
    }
  }

  private void recover() {
    long start = System.nanoTime();
    try {
      shard.recover(this::progress);
      LocalCommit ready = new LocalCommit(shard, listener);
      makeClusterId();
      maintenance.begin(ready, storage, resources.remover()::leavingBytes, listener);
      commit = ready;
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      LOGGER.log(Level.INFO, "recovered {0} logs in {1} ms", total, millis);
    } catch (IOException | RuntimeException e) {
      LOGGER.log(Level.ERROR, "recovery failed", e);
      failure = e;
    }
  }

  /** Where the disk has no room for it, it is made at the next start; nothing else waits for it. */
  private void makeClusterId() {
    try {
      clusterId.make();
    } catch (IOException e) {
      LOGGER.log(Level.WARNING, "the cluster's id can''t be written: {0}", e.getMessage());
    }
  }

  private void progress(int done, int of) {
    recovered = done;
    total = of;
    if (System.nanoTime() - toldAt > TELL_NANOS) {
      toldAt = System.nanoTime();
      LOGGER.log(Level.INFO, "recovering: {0} of {1} logs", done, of);
    }
  }

  private List<String> sick(LocalCommit ready) {
    List<String> sick = new ArrayList<>(shard.damaged().unavailable().keySet());
    for (LogView log : ready.logs("", null, Integer.MAX_VALUE)) {
      if (log.failure() != null) {
        sick.add(log.name());
      }
    }
    return sick;
  }
}
