package io.dislog.raft.vote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.disk.DiskFile;
import io.dislog.disk.Fault;
import io.dislog.disk.FaultyDisk;
import io.dislog.raft.base.RaftIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whom a node stood is known after whatever befell its disk. */
final class VoteStoreTest {

  private static final int SHARDS = 3;
  private static final Path DATA = Path.of("/data");
  private static final Path RAFT = DATA.resolve("raft");

  @Test
  void whatItStoodForIsThereAfterAPowerCutAnywhere() throws IOException {
    for (int cut = 1; cut <= 40; cut++) {
      FaultyDisk disk = disk(cut);
      disk.plan(Fault.of(cut % 2 == 0 ? Fault.Kind.CUT : Fault.Kind.TEAR, disk.operations() + cut));
      long stood = 0;
      try (VoteStore votes = open(disk)) {
        for (long term = 1; term <= 8; term++) {
          votes.stand(1, new StoredVote(term, "n" + term));
          stood = term;
        }
      } catch (IOException e) {
        assertThat(disk.isOff()).as("a failure without a power cut: %s", e).isTrue();
      }

      try (VoteStore votes = open(disk.afterPowerCut())) {
        StoredVote found = votes.of(1);
        assertThat(found.term()).as("cut %d", cut).isBetween(stood, stood + 1);
        assertThat(found.node()).isEqualTo(found.term() == 0 ? "" : "n" + found.term());
        assertThat(votes.of(0)).isEqualTo(StoredVote.NONE);
      }
    }
  }

  @Test
  void itStandsForANodeWhereTheDiskIsFull() throws IOException {
    FaultyDisk disk = disk(1);
    try (VoteStore votes = open(disk)) {
      disk.plan(new Fault(Fault.Kind.FULL, disk.operations() + 1, Long.MAX_VALUE));

      votes.stand(2, new StoredVote(7, "n1"));

      assertThat(votes.of(2)).isEqualTo(new StoredVote(7, "n1"));
    }
  }

  @Test
  void itStandsForOneNodeInATermAndForNoneInAnEarlierOne() throws IOException {
    try (VoteStore votes = open(disk(1))) {
      votes.stand(0, new StoredVote(7, "n1"));

      votes.stand(0, new StoredVote(7, "n2"));
      votes.stand(0, new StoredVote(6, "n3"));

      assertThat(votes.of(0)).isEqualTo(new StoredVote(7, "n1"));
    }
  }

  @Test
  void itTakesOverWhatRatisKnowsAtFirst() throws IOException {
    FaultyDisk disk = disk(1);
    write(disk, 1, "#a date\nterm=12\nvotedFor=n2\n");

    try (VoteStore votes = open(disk)) {
      assertThat(votes.of(1)).isEqualTo(new StoredVote(12, "n2"));
      assertThat(votes.of(0)).isEqualTo(StoredVote.NONE);
    }
  }

  @Test
  void itDoesNotBeginWhereRatisHasLostWhatItKnew() throws IOException {
    FaultyDisk disk = disk(1);
    write(disk, 1, "");

    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("meta");
  }

  @Test
  void whatRatisHasLostIsMadeGood() throws IOException {
    for (String lost :
        List.of(
            "",
            "#a date\n",
            "#a date\nterm=7\n",
            "#a date\nvotedFor=n1\nterm=1", // Of 12, say.
            "#a date\nterm=11\nvotedFor=n3\n")) { // The one before: its folder was not forced.
      FaultyDisk disk = disk(1);
      write(disk, 1, "term=11\nvotedFor=n3\n");
      try (VoteStore votes = open(disk)) {
        votes.stand(1, new StoredVote(12, "n2"));
        write(disk, 1, lost);

        votes.restore();
      }

      assertThat(new TermFile(disk, RaftIds.folder(RAFT, 1)).first())
          .as(lost)
          .isEqualTo(new StoredVote(12, "n2"));
    }
  }

  @Test
  void whatRatisKnowsBetterStays() throws IOException {
    FaultyDisk disk = disk(1);
    try (VoteStore votes = open(disk)) {
      votes.stand(1, new StoredVote(12, "n2"));
      write(disk, 1, "term=13\nvotedFor=\n");
      votes.restore();

      assertThat(new TermFile(disk, RaftIds.folder(RAFT, 1)).first())
          .isEqualTo(new StoredVote(13, ""));
    }
  }

  @Test
  void aDamagedFileIsRefused() throws IOException {
    FaultyDisk disk = disk(1);
    open(disk).close();
    try (DiskFile file = disk.open(DATA.resolve("ballots"))) {
      file.write(ByteBuffer.wrap(new byte[] {1}), 512 + 20);
    }

    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("position 512");
  }

  private static VoteStore open(FaultyDisk disk) throws IOException {
    return VoteStore.open(disk, DATA, TermFile.all(disk, RAFT, SHARDS));
  }

  private static FaultyDisk disk(long seed) throws IOException {
    FaultyDisk disk = new FaultyDisk(seed);
    disk.createFolders(DATA);
    return disk;
  }

  private static void write(FaultyDisk disk, int shard, String text) throws IOException {
    Path folder = RaftIds.folder(RAFT, shard).resolve("current");
    disk.createFolders(folder);
    disk.put(folder.resolve("raft-meta"), text.getBytes(StandardCharsets.UTF_8));
  }
}
