package io.dislog.raft;

import io.dislog.log.Disk;
import io.dislog.log.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RaftConfigurationProto;
import org.apache.ratis.protocol.RaftPeer;

/**
 * Ratis' own file of who a group's members are, written while Ratis has the group not open. For one
 * thread.
 *
 * <pre>
 *   raft/GROUP/current/raft-meta.conf     a LogEntryProto with a configuration
 * </pre>
 *
 * <p>Of this file's members and those that the raft log's entries name, Ratis (3.3.0) takes those
 * with the highest index.
 */
final class MembersFile {

  private final Disk disk;
  private final Path current;

  /**
   * @param folder of the group's raft log
   */
  MembersFile(Disk disk, Path folder) {
    this.disk = disk;
    this.current = folder.resolve("current");
  }

  /**
   * Makes a node the only member; it is so durably when this returns.
   *
   * @param term the group's
   * @param index of the entry that says so: the one that comes next in the raft log, where a node
   *     that is elected writes who elected it
   */
  void write(RaftPeer only, long term, long index) throws IOException {
    LogEntryProto entry =
        LogEntryProto.newBuilder()
            .setTerm(term)
            .setIndex(index)
            .setConfigurationEntry(
                RaftConfigurationProto.newBuilder().addPeers(only.getRaftPeerProto()))
            .build();
    Path written = current.resolve("raft-meta.conf.new");
    disk.delete(written);
    try (DiskFile to = disk.create(written)) {
      to.write(entry.toByteString().asReadOnlyByteBuffer(), 0);
      to.force();
    }
    disk.rename(written, current.resolve("raft-meta.conf"));
    disk.forceFolder(current);
  }
}
