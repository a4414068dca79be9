package io.dislog.log;

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
final class Withdrawal {

  private Withdrawal() {}

  static void run(Disk disk, Path folder, long baseOffset) throws IOException {
    disk.delete(SegmentName.index(folder, baseOffset));
    disk.forceFolder(folder);
    disk.delete(SegmentName.store(folder, baseOffset));
    disk.forceFolder(folder);
  }
}
