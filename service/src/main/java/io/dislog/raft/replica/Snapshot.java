package io.dislog.raft.replica;

import java.util.List;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.statemachine.SnapshotInfo;

/** Tells Ratis of a state that is on the disk already, in no file of Ratis'. */
record Snapshot(TermIndex getTermIndex) implements SnapshotInfo {

  @Override
  public List<FileInfo> getFiles() {
    return List.of();
  }
}
