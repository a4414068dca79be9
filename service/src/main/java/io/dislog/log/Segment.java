package io.dislog.log;

import io.dislog.disk.DamageException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Ties a store and an index together: the records from a base offset on.
 *
 * <p>Safe for readers beside the one thread that writes. The files are open while somebody reads or
 * writes them, and for as long as {@link OpenSegments} has room; they are deleted when the segment
 * is gone and its last reader has left, so that a read under way ends well.
 */
final class Segment {

  private static final System.Logger LOGGER = System.getLogger(Segment.class.getName());

  private final LogResources resources;
  private final Path storePath;
  private final Path indexPath;
  private final Store.Header header;
  private volatile Contents contents;
  private final @Nullable DamageException damage;
  private @Nullable SegmentFiles files;
  private @Nullable IndexFooter footer;
  private int readers;
  private boolean pinned;
  private boolean gone;
  private volatile boolean foundDamaged;

  /** One with damage can't be read, and holds its offsets' place. */
  Segment(
      LogResources resources,
      Path folder,
      Store.Header header,
      Contents contents,
      @Nullable DamageException damage) {
    this.resources = resources;
    this.storePath = SegmentName.store(folder, header.baseOffset());
    this.indexPath = SegmentName.index(folder, header.baseOffset());
    this.header = header;
    this.contents = contents;
    this.damage = damage;
  }

  /** A segment that is written; its files stay open until it is sealed. */
  static Segment active(
      LogResources resources, Path folder, Store.Header header, Index index, Contents contents)
      throws IOException {
    Segment segment = new Segment(resources, folder, header, contents, null);
    segment.pinned = true;
    segment.files = segment.files(index);
    segment.files.trustUpTo(contents.count());
    return segment;
  }

  /** A segment that is only read. */
  static Segment sealed(LogResources resources, Path folder, long baseOffset, IndexFooter footer) {
    Segment segment =
        new Segment(
            resources,
            folder,
            new Store.Header(baseOffset, footer.createdAt(), footer.floorTime()),
            Contents.of(footer),
            null);
    segment.footer = footer;
    return segment;
  }

  long baseOffset() {
    return header.baseOffset();
  }

  Store.Header header() {
    return header;
  }

  Contents contents() {
    return contents;
  }

  /** Why it is refused, or null. */
  @Nullable DamageException damage() {
    return damage;
  }

  /** Whether it is refused, or a reader found that its files do not hold what they should. */
  boolean isDamaged() {
    return damage != null || foundDamaged;
  }

  long endOffset() {
    return baseOffset() + contents.count();
  }

  /** What the segment says of itself. */
  SegmentInfo info() {
    Contents now = contents;
    return new SegmentInfo(
        baseOffset(),
        baseOffset() + now.count(),
        now.bytes(),
        now.sealed(),
        header.createdAt(),
        now.firstTime(),
        now.lastTime());
  }

  StoreOutline outline() {
    Contents now = contents;
    return new StoreOutline(baseOffset(), now.count(), now.storeSize());
  }

  /** Shows readers what was committed, or cut back. */
  synchronized void publish(Contents committed) {
    contents = committed;
    if (files != null) {
      files.trustUpTo(committed.count());
    }
  }

  /** Has the records from this entry on checked before they are read. */
  synchronized void distrust(int entry) {
    if (files != null) {
      files.trustUpTo(entry);
    }
  }

  /** Shows readers that the segment is sealed; its files need not stay open any longer. */
  void seal(IndexFooter sealedAs) {
    synchronized (this) {
      footer = sealedAs;
      publish(Contents.of(sealedAs));
    }
    unpin();
  }

  /** Its files need not stay open any longer than somebody reads them. */
  void unpin() {
    synchronized (this) {
      pinned = false;
    }
    resources.openSegments().idle(this);
  }

  /**
   * Opens the segment for a reader, who closes it.
   *
   * @return null where the segment is gone
   * @throws DamageException where its files do not hold what they should
   */
  synchronized @Nullable SegmentReader read() throws IOException {
    if (gone) {
      return null;
    }
    if (damage != null) {
      throw damage;
    }
    if (files == null) {
      IndexFooter sealedAs = footer;
      if (sealedAs == null) {
        throw new IllegalStateException("an active segment's files are always open");
      }
      files = sealedFiles(sealedAs);
    }
    if (readers++ == 0) {
      resources.openSegments().remove(this);
    }
    return new SegmentReader(this, files, contents);
  }

  /** A reader has left. */
  void leave() {
    if (lastLeft()) {
      // Without this segment's lock: another one may be closed for it, and that takes its own.
      resources.openSegments().idle(this);
    }
  }

  /** Deletes the segment, its files as soon as nobody reads them. */
  synchronized void delete() {
    gone = true;
    if (readers == 0) {
      resources.openSegments().remove(this);
      close();
      deleteFiles();
    }
  }

  /** Closes the files, which are opened again for the next reader, unless somebody reads them. */
  synchronized void closeIfIdle() {
    if (readers == 0 && !pinned) {
      close();
    }
  }

  /** Closes the files that readers use. */
  synchronized void close() {
    if (files != null) {
      files.close();
      files = null;
    }
  }

  /** Whether nobody reads the segment any more, and its files are open for the next reader. */
  private synchronized boolean lastLeft() {
    if (--readers > 0) {
      return false;
    }
    if (gone) {
      close();
      deleteFiles();
    }
    return !gone && !pinned;
  }

  Path store() {
    return storePath;
  }

  /** The store holds all that the index does: one that is missing or wrong is made anew. */
  private Index sealedIndex(IndexFooter sealedAs) throws IOException {
    try {
      return Index.openSealed(resources.disk(), indexPath, sealedAs);
    } catch (DamageException | NoSuchFileException e) {
      LOGGER.log(Level.WARNING, "an index is rebuilt: {0}", e.getMessage());
      Path folder = Objects.requireNonNull(storePath.getParent());
      IndexFooter anew = SealedIndexRepair.run(resources, folder, baseOffset(), endOffset());
      footer = anew;
      return Index.openSealed(resources.disk(), indexPath, anew);
    }
  }

  private SegmentFiles sealedFiles(IndexFooter sealedAs) throws IOException {
    try {
      return files(sealedIndex(sealedAs));
    } catch (DamageException | NoSuchFileException e) {
      foundDamaged = true;
      throw e;
    }
  }

  private SegmentFiles files(Index index) throws IOException {
    return new SegmentFiles(
        storePath.getFileName().toString(),
        baseOffset(),
        resources.disk().openForReading(storePath),
        index,
        () -> foundDamaged = true);
  }

  /** The index first: a store without an index is rebuilt, an index without a store is damage. */
  private void deleteFiles() {
    try {
      resources.disk().delete(indexPath);
      resources.remover().remove(storePath, SegmentName.removed(storePath));
    } catch (IOException e) {
      // The log no longer counts on them: what is left goes when the log is opened next.
      LOGGER.log(Level.WARNING, "segment " + storePath + " is gone, its files are not", e);
    }
  }

  /**
   * How much a segment holds, for readers.
   *
   * @param count of its records
   * @param storeSize bytes of the store
   * @param valueBytes bytes of all its values
   * @param firstTime of the first record, in milliseconds since 1970, or -1
   * @param lastTime of the last record, in milliseconds since 1970, or -1
   * @param sealed whether it is written no more
   */
  record Contents(
      int count, long storeSize, long valueBytes, long firstTime, long lastTime, boolean sealed) {

    /** What a segment holds that was just created. */
    static final Contents EMPTY = new Contents(0, Store.HEADER_BYTES, 0, -1, -1, false);

    static Contents of(IndexFooter footer) {
      return new Contents(
          footer.count(),
          footer.storeSize(),
          footer.valueBytes(),
          footer.firstTime(),
          footer.lastTime(),
          true);
    }

    /** Bytes of the store and of the index. */
    long bytes() {
      return storeSize + Index.size(count) + (sealed ? IndexFooter.BYTES : 0);
    }
  }
}
