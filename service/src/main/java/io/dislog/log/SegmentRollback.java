package io.dislog.log;

import io.dislog.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes back a segment that was begun and in which nothing was ever acknowledged.
 *
 * <p>The segment before it goes on being written, past the base offset of this one: were its files
 * there again after a crash, two segments would hold the same offsets. So their names are gone
 * durably before anything else happens, and the store's last: a store without an index is made
 * whole, an index without a store would be taken for damage.
 */
final class SegmentRollback {

  private SegmentRollback() {}

  /**
   * Takes back all segments that a round began, the newest first, and goes on with the one before.
   *
   * @param writer of the newest
   * @param end the offset that the next record is to get
   */
  static SegmentWriter back(
      LogResources resources, Path folder, SegmentWriter writer, Segments segments, long end)
      throws IOException {
    writer.close();
    writer.segment().unpin();
    for (Segment begun : segments.removeBehind(end)) {
      run(resources.disk(), folder, begun.baseOffset());
      begun.delete();
    }
    SegmentWriter before =
        ActiveRecovery.reopen(end, resources, folder, segments.last().baseOffset());
    segments.add(before.segment());
    return before;
  }

  static void run(Disk disk, Path folder, long baseOffset) throws IOException {
    disk.delete(SegmentName.index(folder, baseOffset));
    disk.forceFolder(folder);
    disk.delete(SegmentName.store(folder, baseOffset));
    disk.forceFolder(folder);
  }
}
