package io.dislog.shard;

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
import org.jspecify.annotations.Nullable;

/**
 * Fills the folder of a log that is being created, with all that it begins with; the log is not
 * there before the folder has its name. For one thread.
 *
 * @param name of the log
 * @param creation how it is to be
 * @param source the log that it is a fork of, if it is to have that one's files
 * @param id tells the log from others that bore its name
 * @param position in the shard's history of what creates it; 0 where commands are not applied again
 */
record LogBirth(
    ShardContext context,
    String name,
    Creation creation,
    @Nullable LogView source,
    long id,
    long position) {

  private static final Checkpoint NONE = new Checkpoint(0, -1);

  /**
   * @param folder that is not there
   * @throws io.dislog.command.Rejection where the log can't begin with that content
   */
  void fill(Path folder, Supplier<LogSettings> defaults) throws IOException {
    Disk disk = context.resources().disk();
    disk.createFolders(folder);
    Inheritance inheritance =
        source == null
            ? Inheritance.from(creation.inherited() == null ? 0 : creation.inherited())
            : Inheritance.linked(source, forkOffset(), disk, folder);
    long now = context.clock().millis();
    Log.create(context.resources(), folder, inheritance.linkedEnd(), now, inheritance.newestTime());
    Journal.create(disk, folder, state(inheritance, now).stream().map(Change::encode).toList());
    if (inheritance.linkedEnd() < inheritance.endOffset() || !creation.content().isEmpty()) {
      append(folder, inheritance, defaults);
    }
  }

  private long forkOffset() {
    return creation.newTraits().fork() == null ? 0 : creation.newTraits().fork().offset();
  }

  private List<Change> state(Inheritance inheritance, long now) {
    LogTraits traits = creation.newTraits();
    List<Change> state = new ArrayList<>();
    state.add(new Change.Created(id));
    state.add(new Change.Configured(creation.newSettings()));
    if (!traits.equals(LogTraits.NONE)) {
      state.add(new Change.Characterized(traits));
    }
    if (traits.ttlMillis() != null || creation.isStaged()) {
      state.add(new Change.Used(now));
    }
    if (creation.isStaged()) {
      state.add(new Change.Staged(true));
    }
    if (inheritance.linkedEnd() > 0) {
      state.add(new Change.Trimmed(inheritance.earliest()));
      state.add(new Change.NamedBelow(inheritance.linkedEnd()));
    }
    if (creation.isClosed() && creation.content().isEmpty()) {
      state.add(new Change.Closed(inheritance.endOffset(), 0));
    }
    if (position > 0) {
      state.add(new Change.Mark(position, inheritance.linkedEnd()));
    }
    return state;
  }

  private void append(Path folder, Inheritance inheritance, Supplier<LogSettings> defaults)
      throws IOException {
    LogWriter writer = new LogOpening(context, folder, NONE, 0).writer(name, defaults);
    try {
      writer.goTo(position);
      if (source != null) {
        inheritance.copy(source, writer);
      }
      if (!creation.content().isEmpty()) {
        writer.apply(creation.firstBatch());
      }
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
