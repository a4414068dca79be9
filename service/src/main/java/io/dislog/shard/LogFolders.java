package io.dislog.shard;

import io.dislog.log.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The folders of a shard's logs, which come and go as a whole: what is begun or about to be deleted
 * is in the trash, which is emptied at the start. Safe for use by many threads, of which one at a
 * time uses some name.
 */
final class LogFolders {

  private final Disk disk;
  private final Path logs;
  private final Path trash;

  LogFolders(Disk disk, Path shard) throws IOException {
    this.disk = disk;
    this.logs = shard.resolve("logs");
    this.trash = shard.resolve("trash");
    disk.createFolders(logs);
    disk.createFolders(trash);
  }

  /** Empties the trash, and says which logs there are. */
  List<String> recover() throws IOException {
    disk.forceFolder(logs); // What is found here, or no longer, may stand in the cache alone.
    for (String left : disk.list(trash)) {
      deleteFolder(trash.resolve(left));
    }
    return disk.list(logs).stream().filter(Names::isValid).toList();
  }

  Path of(String log) {
    return logs.resolve(log);
  }

  /** A path for a folder that is about to be begun. */
  Path fresh() {
    return trash.resolve(Long.toHexString(ThreadLocalRandom.current().nextLong()));
  }

  /** Makes a folder, all of whose files are durable, that of a log which has none. */
  void publish(Path begun, String log) throws IOException {
    disk.forceFolder(begun);
    disk.rename(begun, of(log));
    disk.forceFolder(logs);
  }

  /** Deletes a log's folder; the log is gone before its files are. */
  void delete(String log) throws IOException {
    Path gone = fresh();
    disk.rename(of(log), gone);
    disk.forceFolder(logs);
    deleteFolder(gone);
  }

  /** Deletes a folder of files. */
  void deleteFolder(Path folder) throws IOException {
    if (disk.exists(folder)) {
      for (String name : disk.list(folder)) {
        disk.delete(folder.resolve(name));
      }
      disk.delete(folder);
    }
  }
}
