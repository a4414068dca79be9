package io.dislog.shard;

import io.dislog.disk.Disk;
import io.dislog.log.SegmentName;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;

/** What lies in a log's folder: Dislog's own files, and what somebody else left there. */
final class LogContents {

  private static final System.Logger LOGGER = System.getLogger(LogContents.class.getName());

  private static final String JOURNALS = "state-[01][.]journal";

  private LogContents() {}

  /**
   * Tells of what is not Dislog's, and leaves it alone.
   *
   * @throws io.dislog.disk.StrangeFileException where it is no folder
   */
  static void check(Disk disk, Path folder) throws IOException {
    for (String name : disk.list(folder)) {
      if (!SegmentName.isSegment(name) && !name.matches(JOURNALS)) {
        LOGGER.log(
            Level.WARNING,
            "{0} is left alone: expected segments and journals",
            folder.resolve(Names.printable(name)));
      }
    }
  }
}
