package io.dislog.raft.vote;

import io.dislog.disk.Disk;
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
public final class MembersFile {

  private final Disk disk;
  private final Path file;

  /**
   * @param folder of the group's raft log
   */
  public MembersFile(Disk disk, Path folder) {
    this.disk = disk;
    this.file = folder.resolve("current").resolve("raft-meta.conf");
  }

  /**
   * Makes a node the only member; it is so durably when this returns.
   *
   * @param term the group's
   * @param index of the entry that says so: the one that comes next in the raft log, where a node
   *     that is elected writes who elected it
   */
  public void write(RaftPeer only, long term, long index) throws IOException {
    LogEntryProto entry =
        LogEntryProto.newBuilder()
            .setTerm(term)
            .setIndex(index)
            .setConfigurationEntry(
                RaftConfigurationProto.newBuilder().addPeers(only.getRaftPeerProto()))
            .build();
    disk.replace(file, entry.toByteString().asReadOnlyByteBuffer());
  }
}
