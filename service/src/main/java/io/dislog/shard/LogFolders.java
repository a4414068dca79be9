package io.dislog.shard;

import io.dislog.disk.Disk;
import io.dislog.disk.Remover;
import io.dislog.log.LogResources;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The folders of a shard's logs, which come and go as a whole: what is begun or about to be deleted
 * is in the trash, which is emptied at the start. Safe for use by many threads, of which one at a
 * time uses some name.
 */
final class LogFolders {

  private static final System.Logger LOGGER = System.getLogger(LogFolders.class.getName());

  private final Disk disk;
  private final Remover remover;
  private final Path logs;
  private final Path trash;

  LogFolders(LogResources resources, Path shard) throws IOException {
    this.disk = resources.disk();
    this.remover = resources.remover();
    this.logs = shard.resolve("logs");
    this.trash = shard.resolve("trash");
    disk.createFolders(logs);
    disk.createFolders(trash);
  }

  /** Empties the trash of whatever is in it, and says which logs there are. */
  List<String> recover() throws IOException {
    disk.forceFolder(logs); // What is found here, or no longer, may stand in the cache alone.
    remover.empty(trash);
    List<String> names = disk.list(logs);
    names.stream().filter(name -> !Names.isValid(name)).forEach(this::leave);
    return names.stream().filter(Names::isValid).toList();
  }

  private void leave(String name) {
    LOGGER.log(
        Level.WARNING,
        "{0} is left alone: expected folders that are named as logs",
        logs.resolve(Names.printable(name)));
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
    try {
      disk.forceFolder(logs);
    } catch (IOException e) {
      disk.rename(of(log), begun);
      throw e;
    }
  }

  /** Deletes a log's folder, if it is there; the log is gone before its files are. */
  void delete(String log) throws IOException {
    if (!disk.exists(of(log))) {
      return;
    }
    Path gone = fresh();
    disk.rename(of(log), gone);
    disk.forceFolder(logs);
    remover.removeAll(gone);
  }
}
