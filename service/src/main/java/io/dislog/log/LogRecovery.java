package io.dislog.log;

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

  private final Volume volume;
  private final Path folder;
  private final long earliest;
  private final boolean promisesHold;
  private final LongPredicate journaled;
  private final List<Segment> sealed = new ArrayList<>();

  /**
   * @param earliest the log's earliest offset; whole segments below it are left over from a trim
   * @param promisesHold see {@link ActiveRecovery}
   * @param journaled see {@link ActiveRecovery}
   */
  LogRecovery(
      Volume volume, Path folder, long earliest, boolean promisesHold, LongPredicate journaled) {
    this.volume = volume;
    this.folder = folder;
    this.earliest = earliest;
    this.promisesHold = promisesHold;
    this.journaled = journaled;
  }

  Recovered run() throws IOException {
    List<String> names = volume.disk().list(folder);
    NavigableSet<Long> stores = bases(names, Segment.STORE_SUFFIX);
    NavigableSet<Long> indexes = bases(names, Segment.INDEX_SUFFIX);
    deleteTrimmed(stores, indexes);
    if (stores.isEmpty() || (!indexes.isEmpty() && indexes.last() > stores.last())) {
      return withoutLast(stores, indexes);
    }
    long last = stores.removeLast();
    openSealed(stores, last);
    return recoverLast(last, promisesHold);
  }

  /** The last segment's store is gone, and with it what was acknowledged. */
  private Recovered withoutLast(NavigableSet<Long> stores, NavigableSet<Long> indexes)
      throws IOException {
    long missing = indexes.isEmpty() ? earliest : indexes.last();
    openSealed(stores, missing);
    Segment lost = lost(missing, missing);
    return new Recovered(sealed, null, lost, lost.damage());
  }

  private Recovered recoverLast(long base, boolean promises) throws IOException {
    ActiveRecovery recovery = new ActiveRecovery(volume, folder, base, promises, journaled);
    return switch (recovery.run()) {
      case ActiveRecovery.Outcome.Damaged(Segment segment, DamageException damage) ->
          new Recovered(sealed, null, segment, damage);
      case ActiveRecovery.Outcome.Absent() ->
          sealed.isEmpty()
              ? createdAnew(base)
              : recoverLast(sealed.removeLast().baseOffset(), false);
      case ActiveRecovery.Outcome.GoesOn(SegmentWriter writer) ->
          writer.isEmpty() && batchGoesOnBefore(base)
              ? withoutHalfBatch(writer)
              : new Recovered(sealed, writer, writer.segment(), null);
    };
  }

  /** The log's creation had not ended, or its only segment's. */
  private Recovered createdAnew(long base) throws IOException {
    SegmentWriter writer =
        SegmentWriter.create(volume, folder, new Store.Header(base, System.currentTimeMillis(), 0));
    return new Recovered(sealed, writer, writer.segment(), null);
  }

  /** The batch whose end would stand in this empty segment began in the one before. */
  private Recovered withoutHalfBatch(SegmentWriter writer) throws IOException {
    writer.close();
    writer.segment().delete();
    return recoverLast(sealed.removeLast().baseOffset(), false);
  }

  private boolean batchGoesOnBefore(long base) throws IOException {
    if (sealed.isEmpty() || sealed.getLast().contents().count() == 0) {
      return false;
    }
    try (SegmentReader reader = sealed.getLast().read()) {
      return reader != null && reader.read(base - 1).batchGoesOn();
    } catch (DamageException e) {
      LOGGER.log(Level.ERROR, "{0}: {1}", folder, e.getMessage());
      return false; // It is refused when it is read.
    }
  }

  /** Opens all these segments, which end where the next one begins. */
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
    Path indexPath = Segment.indexPath(folder, base);
    IndexFooter footer =
        volume.disk().exists(indexPath) ? IndexFooter.read(volume.disk(), indexPath, base) : null;
    if (footer != null && footer.count() == next - base) {
      return Segment.sealed(volume, folder, base, footer);
    }
    return resealed(base, next);
  }

  /** Makes the index of a sealed segment anew, where its store is sound. */
  private Segment resealed(long base, long next) throws IOException {
    try (StoreScan scan = new StoreScan(volume.disk(), Segment.storePath(folder, base), base)) {
      boolean more = scan.next();
      while (more && scan.nextOffset() < next) {
        more = scan.next();
      }
      if (!more) {
        return refused(base, next, scan);
      }
    }
    LOGGER.log(Level.INFO, "{0}: the index of segment {1} is made anew", folder, base);
    ActiveRecovery recovery = new ActiveRecovery(volume, folder, base, false, offset -> true);
    if (!(recovery.run() instanceof ActiveRecovery.Outcome.GoesOn(SegmentWriter writer))) {
      throw new IllegalStateException("a store that was sound a moment ago is not");
    }
    writer.seal();
    return writer.segment();
  }

  private Segment refused(long base, long next, StoreScan scan) {
    Frame.Flaw flaw = scan.flaw();
    DamageException damage =
        new DamageException(
            Segment.storePath(folder, base).getFileName().toString(),
            scan.position(),
            flaw == null ? "record " + scan.nextOffset() : flaw.expected(),
            flaw == null ? "the end" : flaw.found());
    LOGGER.log(Level.ERROR, "{0}: {1}", folder, damage.getMessage());
    return Segment.damaged(
        volume, folder, new Store.Header(base, 0, 0), placeOf(base, next), damage);
  }

  private Segment lost(long from, long to) {
    DamageException damage =
        new DamageException(
            Segment.storePath(folder, from).getFileName().toString(), 0, "a store", "no file");
    LOGGER.log(Level.ERROR, "{0}: {1}", folder, damage.getMessage());
    return Segment.damaged(volume, folder, new Store.Header(from, 0, 0), placeOf(from, to), damage);
  }

  private static Contents placeOf(long from, long to) {
    return new Contents((int) (to - from), 0, 0, -1, -1, true);
  }

  private static NavigableSet<Long> bases(List<String> names, String suffix) {
    NavigableSet<Long> bases = new TreeSet<>();
    for (String name : names) {
      long base = Segment.baseOffset(name, suffix);
      if (base >= 0) {
        bases.add(base);
      }
    }
    return bases;
  }

  /** Ends a trim that a crash interrupted: what lies below the earliest offset goes. */
  private void deleteTrimmed(NavigableSet<Long> stores, NavigableSet<Long> indexes)
      throws IOException {
    Long firstKept = stores.floor(earliest);
    for (long base :
        indexes.headSet(firstKept == null ? earliest : firstKept).toArray(Long[]::new)) {
      volume.disk().delete(Segment.indexPath(folder, base));
      indexes.remove(base);
    }
    if (firstKept != null) {
      for (long base : stores.headSet(firstKept).toArray(Long[]::new)) {
        volume.disk().delete(Segment.storePath(folder, base));
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
