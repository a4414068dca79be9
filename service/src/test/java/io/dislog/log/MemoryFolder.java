package io.dislog.log;

import io.dislog.disk.DiskFile;
import io.dislog.disk.FaultyDisk;
import io.dislog.disk.Remover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A log's folder on a disk in memory, whose files a test looks at and damages. */
final class MemoryFolder {

  static final Path PATH = Path.of("/data/log");

  /** Of every record that has no other, in milliseconds since 1970. */
  static final long TIME = 1_700_000_000_000L;

  private final FaultyDisk disk;
  private final LogResources resources;

  MemoryFolder() throws IOException {
    this(new FaultyDisk(1));
  }

  MemoryFolder(FaultyDisk disk) throws IOException {
    this.disk = disk;
    // No sealed segment stays open, so that each read finds its files as they are.
    resources = new LogResources(disk, PATH, 0, new Remover(disk, Long.MAX_VALUE, Runnable::run));
    disk.createFolders(PATH);
  }

  FaultyDisk disk() {
    return disk;
  }

  LogResources resources() {
    return resources;
  }

  static Path store(long baseOffset) {
    return SegmentName.store(PATH, baseOffset);
  }

  static Path index(long baseOffset) {
    return SegmentName.index(PATH, baseOffset);
  }

  static Record record(String value) {
    return Record.of(value.getBytes(StandardCharsets.UTF_8));
  }

  static String text(StoredRecord stored) {
    return StandardCharsets.UTF_8.decode(stored.record().value().duplicate()).toString();
  }

  /** Bytes of the frame of a record with such a value and nothing else. */
  static int frameSize(String value) {
    return Frame.HEAD_BYTES + value.length();
  }

  /** The names of segments' files. */
  List<String> names() throws IOException {
    return disk.list(PATH).stream().filter(SegmentName::isSegment).toList();
  }

  long size(Path path) throws IOException {
    return disk.content(path).length;
  }

  /** Creates a store of these records, each a batch of its own. */
  void writeStore(long baseOffset, String... values) throws IOException {
    try (Store store =
        Store.create(resources, store(baseOffset), new Store.Header(baseOffset, TIME, TIME))) {
      for (int i = 0; i < values.length; i++) {
        store.append(record(values[i]), 0, baseOffset + i, TIME);
      }
      store.force();
    }
  }

  /** Flips a bit, durably. */
  void flip(Path path, long position) throws IOException {
    write(path, position, (byte) (disk.content(path)[(int) position] ^ 1));
  }

  /** Writes bytes, durably. */
  void write(Path path, long position, byte... bytes) throws IOException {
    try (DiskFile file = disk.open(path)) {
      file.write(ByteBuffer.wrap(bytes), position);
      file.force();
    }
  }

  /** Writes bytes behind the file's end, durably. */
  void add(Path path, byte... bytes) throws IOException {
    write(path, size(path), bytes);
  }

  /** Cuts a file, durably. */
  void cut(Path path, long size) throws IOException {
    try (DiskFile file = disk.open(path)) {
      file.truncate(size);
      file.force();
    }
  }

  /** Deletes a file, durably. */
  void delete(Path path) throws IOException {
    disk.delete(path);
    disk.forceFolder(PATH);
  }
}
