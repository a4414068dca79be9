package io.dislog.log;

import io.dislog.disk.DamageException;
import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import io.dislog.log.Segment.Contents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens the segments of a log's folder, after a crash or not: the last one is read and cut to its
 * last whole batch, those before it are trusted by their footers and checked when they are read.
 * For one thread.
 */
final class LogRecovery {

  private static final System.Logger LOGGER = System.getLogger(LogRecovery.class.getName());

  private final LogResources resources;
  private final Path folder;
  private final long earliest;
  private final LongPredicate journaled;
  private final List<Segment> sealed = new ArrayList<>();

  /**
   * @param earliest the log's earliest offset; whole segments below it are left over from a trim
   * @param journaled see {@link ActiveRecovery}
   */
  LogRecovery(LogResources resources, Path folder, long earliest, LongPredicate journaled) {
    this.resources = resources;
    this.folder = folder;
    this.earliest = earliest;
    this.journaled = journaled;
  }

  Recovered run() throws IOException {
    resources.disk().forceFolder(folder); // What is gone must not come back beside what comes now.
    List<String> names = resources.disk().list(folder);
    checkVersions(names);
    NavigableSet<Long> stores = bases(names, SegmentName.STORE_SUFFIX);
    NavigableSet<Long> indexes = bases(names, SegmentName.INDEX_SUFFIX);
    names.stream()
        .filter(name -> SegmentName.baseOffset(name, SegmentName.REMOVED_SUFFIX) >= 0)
        .forEach(name -> resources.remover().removeLeft(folder.resolve(name)));
    deleteTrimmed(stores, indexes);
    deleteBegun(stores, indexes);
    if (stores.isEmpty() || (!indexes.isEmpty() && indexes.last() > stores.last())) {
      return withoutLast(stores, indexes);
    }
    long last = stores.removeLast();
    openSealed(stores, last);
    return recoverLast(last);
  }

  private void checkVersions(List<String> names) throws IOException {
    for (String name : names) {
      Path path = folder.resolve(name);
      if (SegmentName.baseOffset(name, SegmentName.STORE_SUFFIX) >= 0) {
        try (DiskFile store = resources.disk().openForReading(path)) {
          FileHeader.checkVersion(store, 0, Store.MAGIC, path);
        }
      } else if (SegmentName.baseOffset(name, SegmentName.INDEX_SUFFIX) >= 0) {
        try (DiskFile index = resources.disk().openForReading(path)) {
          FileHeader.checkVersion(index, 0, Index.MAGIC, path);
          long footer = Math.max(0, index.size() - IndexFooter.BYTES);
          FileHeader.checkVersion(index, footer, IndexFooter.MAGIC, path);
        }
      }
    }
  }

  /** The last segment's store is gone, and with it what was acknowledged. */
  private Recovered withoutLast(NavigableSet<Long> stores, NavigableSet<Long> indexes)
      throws IOException {
    long missing = indexes.isEmpty() ? earliest : indexes.last();
    openSealed(stores, missing);
    Segment lost = lost(missing, missing);
    return new Recovered(sealed, null, lost, lost.damage());
  }

  private Recovered recoverLast(long base) throws IOException {
    long begin = batchBegin(base);
    if (begin < base && saysProduced(begin) && !journaled.test(begin)) {
      return without(base);
    }
    ActiveRecovery recovery = new ActiveRecovery(resources, folder, base, journaled);
    return switch (recovery.run()) {
      case ActiveRecovery.Outcome.Damaged(Segment segment, DamageException damage) ->
          new Recovered(sealed, null, segment, damage);
      case ActiveRecovery.Outcome.Absent() ->
          sealed.isEmpty() || sealed.getLast().damage() != null
              ? createdAnew(base)
              : recoverLast(sealed.removeLast().baseOffset());
      case ActiveRecovery.Outcome.GoesOn(SegmentWriter writer) -> {
        if (writer.isEmpty() && begin < base) {
          writer.close();
          writer.segment().close();
          yield without(base);
        }
        yield new Recovered(sealed, writer, writer.segment(), null);
      }
    };
  }

  /** The log's creation had not ended, or its only segment's. */
  private Recovered createdAnew(long base) throws IOException {
    SegmentWriter writer =
        SegmentWriter.create(
            resources, folder, new Store.Header(base, System.currentTimeMillis(), 0));
    return new Recovered(sealed, writer, writer.segment(), null);
  }

  /** The batch that goes on in this segment was never acknowledged, and began in one before. */
  private Recovered without(long base) throws IOException {
    SegmentRollback.run(resources.disk(), folder, base);
    return recoverLast(sealed.removeLast().baseOffset());
  }

  /** Where the batch begins that has records before and behind an offset, or the offset itself. */
  private long batchBegin(long base) throws IOException {
    long begin = base;
    for (Segment segment : sealed.reversed()) {
      try (SegmentReader reader = segment.read()) {
        while (reader != null
            && begin > segment.baseOffset()
            && (reader.flags(begin - 1) & Frame.BATCH_GOES_ON) != 0) {
          begin--;
        }
      } catch (DamageException e) {
        LOGGER.log(Level.ERROR, "{0}: {1}", folder, e.getMessage());
        return begin; // It is refused when it is read.
      }
      if (begin > segment.baseOffset()) {
        return begin;
      }
    }
    return begin;
  }

  private boolean saysProduced(long offset) throws IOException {
    for (Segment segment : sealed.reversed()) {
      if (segment.baseOffset() <= offset) {
        try (SegmentReader reader = segment.read()) {
          return reader != null && (reader.flags(offset) & Frame.PRODUCED) != 0;
        } catch (DamageException e) {
          return false;
        }
      }
    }
    return false;
  }

  /** Opens all these segments, which end where the next one begins, or where one is missing. */
  private void openSealed(NavigableSet<Long> bases, long end) throws IOException {
    long expected = earliest;
    for (long base : bases) {
      if (base > expected) {
        sealed.add(lost(expected, base));
      }
      Long next = bases.higher(base);
      Segment segment = sealedSegment(base, next == null ? end : next);
      sealed.add(segment);
      expected = segment.endOffset();
    }
    if (end > expected) {
      sealed.add(lost(expected, end));
    }
  }

  private Segment sealedSegment(long base, long next) throws IOException {
    Path indexPath = SegmentName.index(folder, base);
    IndexFooter footer =
        resources.disk().exists(indexPath)
            ? IndexFooter.read(resources.disk(), indexPath, base)
            : null;
    if (footer != null && footer.count() == next - base) {
      return Segment.sealed(resources, folder, base, footer);
    }
    try {
      return Segment.sealed(
          resources, folder, base, SealedIndexRepair.run(resources, folder, base, next));
    } catch (DamageException damage) {
      if (footer != null
          && SealedIndexRepair.isWhole(resources, folder, base, base + footer.count())) {
        return Segment.sealed(resources, folder, base, footer); // The segment behind it is missing.
      }
      LOGGER.log(Level.ERROR, "{0}: {1}", folder, damage.getMessage());
      return new Segment(
          resources, folder, new Store.Header(base, 0, 0), placeOf(base, next), damage);
    }
  }

  private Segment lost(long from, long to) {
    DamageException damage =
        new DamageException(
            SegmentName.store(folder, from).getFileName().toString(), 0, "a store", "no file");
    LOGGER.log(Level.ERROR, "{0}: {1}", folder, damage.getMessage());
    return new Segment(resources, folder, new Store.Header(from, 0, 0), placeOf(from, to), damage);
  }

  private static Contents placeOf(long from, long to) {
    return new Contents((int) (to - from), 0, 0, -1, -1, true);
  }

  private static NavigableSet<Long> bases(List<String> names, String suffix) {
    NavigableSet<Long> bases = new TreeSet<>();
    for (String name : names) {
      long base = SegmentName.baseOffset(name, suffix);
      if (base >= 0) {
        bases.add(base);
      }
    }
    return bases;
  }

  /** Takes back segments that were being created: their stores' names were not durable yet. */
  private void deleteBegun(NavigableSet<Long> stores, NavigableSet<Long> indexes)
      throws IOException {
    while (!stores.isEmpty() && !indexes.isEmpty() && indexes.last() > stores.last()) {
      Path path = SegmentName.index(folder, indexes.last());
      try (Index index = Index.open(resources.disk(), path, indexes.last())) {
        if (index != null && index.syncedFrom(0, Store.HEADER_BYTES) > 0) {
          return;
        }
      }
      SegmentRollback.run(resources.disk(), folder, indexes.removeLast());
    }
  }

  /**
   * Ends a trim that a crash interrupted: what lies below the earliest offset goes. The last
   * segment may turn out to be a torn one, so the one before it stays for now.
   */
  private void deleteTrimmed(NavigableSet<Long> stores, NavigableSet<Long> indexes)
      throws IOException {
    Long firstKept = stores.floor(earliest);
    if (firstKept != null && firstKept.equals(stores.last()) && stores.lower(firstKept) != null) {
      firstKept = stores.lower(firstKept);
    }
    for (long base :
        indexes.headSet(firstKept == null ? earliest : firstKept).toArray(Long[]::new)) {
      resources.disk().delete(SegmentName.index(folder, base));
      indexes.remove(base);
    }
    if (firstKept != null) {
      for (long base : stores.headSet(firstKept).toArray(Long[]::new)) {
        Path store = SegmentName.store(folder, base);
        resources.remover().remove(store, SegmentName.removed(store));
        stores.remove(base);
      }
    }
  }

  /**
   * A log's segments.
   *
   * @param sealed in offset order
   * @param writer of the last one, or null where it is refused
   * @param last the segment behind the sealed ones
   * @param damage why the last one is refused, or null
   */
  record Recovered(
      List<Segment> sealed,
      @Nullable SegmentWriter writer,
      Segment last,
      @Nullable DamageException damage) {}
}
