package io.dislog.log;

import io.dislog.disk.Disk;
import io.dislog.disk.DiskFile;
import io.dislog.disk.FileHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The end of a sealed index: what the segment holds, so that opening a log need not read its
 * stores. Encoded as a {@link FileHeader} with the numbers in the order of the components.
 *
 * @param count of the entries
 * @param storeSize bytes of the store's file
 * @param valueBytes bytes of all the values
 * @param createdAt when the segment was opened, in milliseconds since 1970
 * @param floorTime that no record is older than, in milliseconds since 1970
 * @param firstTime of the first record, in milliseconds since 1970, or -1
 * @param lastTime of the last record, in milliseconds since 1970, or -1
 * @param entriesChecksum CRC-32C of all the entries
 */
record IndexFooter(
    int count,
    long storeSize,
    long valueBytes,
    long createdAt,
    long floorTime,
    long firstTime,
    long lastTime,
    int entriesChecksum) {

  static final String MAGIC = "DSLGSEAL";
  private static final int NUMBERS = 8;
  static final int BYTES = FileHeader.size(NUMBERS);

  ByteBuffer encode() {
    return FileHeader.encode(
        MAGIC,
        count,
        storeSize,
        valueBytes,
        createdAt,
        floorTime,
        firstTime,
        lastTime,
        entriesChecksum);
  }

  /** Reads the footer of an index whose header and footer are sound; null where they are not. */
  static @Nullable IndexFooter read(Disk disk, Path path, long baseOffset) throws IOException {
    try (DiskFile file = disk.openForReading(path)) {
      ByteBuffer header = ByteBuffer.allocate(Index.HEADER_BYTES);
      file.read(header, 0);
      ByteBuffer footer = ByteBuffer.allocate(BYTES);
      long at = file.size() - BYTES;
      if (at < Index.HEADER_BYTES
          || file.read(footer, at) < BYTES
          || Index.headerFlaw(header.flip(), baseOffset) != null
          || FileHeader.flaw(footer.flip(), MAGIC, NUMBERS) != null
          || Index.size((int) FileHeader.number(footer, 0)) != at) {
        return null;
      }
      return new IndexFooter(
          (int) FileHeader.number(footer, 0),
          FileHeader.number(footer, 1),
          FileHeader.number(footer, 2),
          FileHeader.number(footer, 3),
          FileHeader.number(footer, 4),
          FileHeader.number(footer, 5),
          FileHeader.number(footer, 6),
          (int) FileHeader.number(footer, 7));
    }
  }
}
