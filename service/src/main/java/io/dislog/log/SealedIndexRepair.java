package io.dislog.log;

import io.dislog.disk.DamageException;
import io.dislog.disk.Disk;
import io.dislog.disk.Flaw;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/**
 * Makes the index of a sealed segment anew, where its store is sound: of a log's own, or of one
 * that is to be part of a log. Stateless.
 */
public final class SealedIndexRepair {

  private static final System.Logger LOGGER = System.getLogger(SealedIndexRepair.class.getName());

  private SealedIndexRepair() {}

  /** Whether a folder's store is sound and ends just as it should. */
  public static boolean isWhole(LogResources resources, Path folder, StoreOutline store)
      throws IOException {
    return isWhole(resources, folder, store.baseOffset(), store.baseOffset() + store.count());
  }

  /**
   * Makes the index of a store that is written no more.
   *
   * @throws DamageException where a frame is not sound, or missing
   */
  public static void run(LogResources resources, Path folder, StoreOutline store)
      throws IOException {
    run(resources, folder, store.baseOffset(), store.baseOffset() + store.count());
  }

  /**
   * Reads all of the store, and writes and seals its index.
   *
   * @param endOffset of the segment
   * @throws DamageException where the store does not hold all its records
   */
  static IndexFooter run(LogResources resources, Path folder, long baseOffset, long endOffset)
      throws IOException {
    checkStore(resources.disk(), SegmentName.store(folder, baseOffset), baseOffset, endOffset);
    LOGGER.log(Level.INFO, "{0}: the index of segment {1} is rebuilt", folder, baseOffset);
    SegmentWriter writer = ActiveRecovery.reopen(endOffset, resources, folder, baseOffset);
    IndexFooter footer = writer.sealFiles();
    writer.segment().close();
    return footer;
  }

  /** Whether a store is sound and ends with the record before this offset. */
  static boolean isWhole(LogResources resources, Path folder, long baseOffset, long endOffset)
      throws IOException {
    try (StoreScan scan =
        new StoreScan(resources.disk(), SegmentName.store(folder, baseOffset), baseOffset)) {
      while (scan.next()) {
        // Each frame is checked on the way.
      }
      return scan.flaw() == null && scan.nextOffset() == endOffset;
    }
  }

  private static void checkStore(Disk disk, Path store, long baseOffset, long endOffset)
      throws IOException {
    try (StoreScan scan = new StoreScan(disk, store, baseOffset)) {
      boolean more = scan.flaw() == null;
      while (more && scan.nextOffset() < endOffset) {
        more = scan.next();
      }
      if (!more) {
        Flaw flaw = scan.flaw();
        throw new DamageException(
            store.getFileName().toString(),
            scan.position(),
            flaw == null ? "record " + scan.nextOffset() : flaw.expected(),
            flaw == null ? "the end" : flaw.found());
      }
    }
  }
}
