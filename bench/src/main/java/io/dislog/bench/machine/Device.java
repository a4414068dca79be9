package io.dislog.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The block device under a folder, as Linux counts what is written to it. */
public final class Device {

  private static final int SECTOR_BYTES = 512;
  private static final int SECTORS_WRITTEN = 6;

  private final Path folder;
  private final Mount mount;

  private Device(Path folder, Mount mount) {
    this.folder = folder;
    this.mount = mount;
  }

  public static Device under(Path folder) throws IOException {
    Path real = folder.toRealPath();
    Mount mount = null;
    for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
      Mount found = Mount.parse(line);
      // Of two at the same place the later one hides the earlier.
      if (real.startsWith(found.point())
          && (mount == null || found.point().getNameCount() >= mount.point().getNameCount())) {
        mount = found;
      }
    }
    if (mount == null) {
      throw new IOException("no file system is mounted over " + folder);
    }
    return new Device(folder, mount);
  }

  public String fileSystem() {
    return "%s on %s".formatted(mount.type(), mount.source());
  }

  /** Whether the folder is in memory only, where nothing is to be learned of a disk. */
  public boolean isMemory() {
    return mount.type().equals("tmpfs");
  }

  /** Bytes written to the device by all of the machine, since it was started. */
  public long bytesWritten() throws IOException {
    String stat = Files.readString(Path.of("/sys/dev/block", mount.number(), "stat"));
    return Long.parseLong(stat.strip().split("\\s+", -1)[SECTORS_WRITTEN]) * SECTOR_BYTES;
  }

  /** Writes out what the file system still holds in memory. */
  public void sync() throws IOException {
    try {
      int status = new ProcessBuilder("sync", "-f", folder.toString()).start().waitFor();
      if (status != 0) {
        throw new IOException("sync ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private record Mount(Path point, String number, String type, String source) {

    /** A line: id, parent, number, root, point, options, further fields, "-", type, source, .. */
    static Mount parse(String line) {
      List<String> fields = List.of(line.split(" ", -1));
      int dash = fields.indexOf("-");
      return new Mount(
          Path.of(fields.get(4)), fields.get(2), fields.get(dash + 1), fields.get(dash + 2));
    }
  }
}
