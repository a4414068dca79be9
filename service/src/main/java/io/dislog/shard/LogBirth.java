package io.dislog.shard;

import io.dislog.command.Command.Append;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.disk.Disk;
import io.dislog.journal.Journal;
import io.dislog.log.Log;
import io.dislog.state.Change;
import io.dislog.state.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fills the folder of a log that is being created, with all that it begins with; the log is not
 * there before the folder has its name. For one thread.
 *
 * @param id tells the log from others that bore its name
 * @param position in the shard's history of what creates it; 0 where commands are not applied again
 */
record LogBirth(ShardContext context, long id, long position) {

  private static final Checkpoint NONE = new Checkpoint(0, -1);

  /**
   * @param folder that is not there
   * @throws io.dislog.command.Rejection where the log can't begin with that content
   */
  void fill(Path folder, String name, Creation creation, Supplier<LogSettings> defaults)
      throws IOException {
    Disk disk = context.resources().disk();
    disk.createFolders(folder);
    Log.create(context.resources(), folder, context.clock().millis());
    Journal.create(disk, folder, state(creation).stream().map(Change::encode).toList());
    if (!creation.content().isEmpty()) {
      append(folder, name, creation, defaults);
    }
  }

  private List<Change> state(Creation creation) {
    LogTraits traits = creation.newTraits();
    List<Change> state = new ArrayList<>();
    state.add(new Change.Created(id));
    state.add(new Change.Configured(creation.newSettings()));
    if (!traits.equals(LogTraits.NONE)) {
      state.add(new Change.Characterized(traits));
    }
    if (traits.ttlMillis() != null) {
      state.add(new Change.Used(context.clock().millis()));
    }
    if (creation.isClosed() && creation.content().isEmpty()) {
      state.add(new Change.Closed(0, 0));
    }
    if (position > 0) {
      state.add(new Change.Mark(position, 0));
    }
    return state;
  }

  private void append(Path folder, String name, Creation creation, Supplier<LogSettings> defaults)
      throws IOException {
    LogWriter writer = new LogOpening(context, folder, NONE, 0).writer(name, defaults);
    try {
      writer.goTo(position);
      writer.apply(
          new Append(creation.content(), null, null, null, creation.isClosed(), creation.size()));
      writer.write();
      writer.publish();
      if (position > 0) {
        writer.mark();
      }
    } finally {
      writer.close(false);
    }
  }
}
