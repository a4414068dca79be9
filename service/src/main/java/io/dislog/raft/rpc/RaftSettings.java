package io.dislog.raft.rpc;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys.Log;
import org.apache.ratis.server.RaftServerConfigKeys.Log.Appender;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.server.RaftServerConfigKeys.Snapshot;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * How Ratis is set up: everything that matters here is said, so that no default decides it.
 * Stateless.
 */
public final class RaftSettings {

  /**
   * The largest entry that goes to Ratis. Each group has a direct buffer, and each follower a
   * queue, that hold the largest entry whole: what is larger is cut into {@link
   * io.dislog.raft.base.EntryChunks}, so that a batch of 32 MiB needs neither 8 buffers of its size
   * nor a message that holds up everything.
   */
  public static final int ENTRY_BYTES = 2 << 20;

  /** Entries that go out in one message; must hold the largest one and its frame. */
  private static final int MESSAGE_BYTES = ENTRY_BYTES + (1 << 20);

  static final int ELECTION_MIN_MILLIS = 400;
  public static final int ELECTION_MAX_MILLIS = 800;

  private RaftSettings() {}

  /**
   * The properties of a node's raft server.
   *
   * @param folder of raft's own logs
   * @param freeBytes below which Ratis does not open them
   */
  public static RaftProperties of(Path folder, long freeBytes) {
    RaftProperties raft = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(raft, List.of(folder.toFile()));
    RaftServerConfigKeys.setRemovedGroupsDir(raft, folder.resolve("removed").toFile());
    RaftServerConfigKeys.setStorageFreeSpaceMin(raft, SizeInBytes.valueOf(freeBytes));
    setTimes(raft);
    setLog(raft);
    setLimits(raft);
    raft.set("raft.rpc.type", FrameRpc.class.getName());
    return raft;
  }

  private static void setTimes(RaftProperties raft) {
    // A killed leader is followed within a second; a node that shares two cores isn't taken for
    // dead.
    Rpc.setTimeoutMin(raft, millis(ELECTION_MIN_MILLIS));
    Rpc.setTimeoutMax(raft, millis(ELECTION_MAX_MILLIS));
    // Where all start at once nobody is worth waiting for, and who leads loses nothing by a
    // question.
    Rpc.setFirstElectionTimeoutMin(raft, millis(ELECTION_MIN_MILLIS / 2));
    Rpc.setFirstElectionTimeoutMax(raft, millis(ELECTION_MAX_MILLIS / 2));
    Rpc.setRequestTimeout(raft, millis(3_000));
    Rpc.setSlownessTimeout(raft, millis(60_000));
    RaftClientConfigKeys.Rpc.setRequestTimeout(raft, millis(3_000));
    // A node that was paused doesn't stand for election, nor lead on: others may have been elected.
    RaftServerConfigKeys.setSleepDeviationThreshold(raft, millis(300));
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(raft, millis(1_000));
    // But it doesn't end, as it would after 60 s by default: it is as good as one restarted.
    RaftServerConfigKeys.setCloseThreshold(raft, TimeDuration.valueOf(365, TimeUnit.DAYS));
    RaftServerConfigKeys.LeaderElection.setPreVote(raft, true);
    // How long a node that is added may be silent, and how near it must have come to count.
    RaftServerConfigKeys.setStagingTimeout(raft, millis(10_000));
    RaftServerConfigKeys.setStagingCatchupGap(raft, 64);
    // Requests are never repeated under the same id, so there is nothing to remember them for.
    RaftServerConfigKeys.RetryCache.setExpiryTime(raft, millis(1_000));
  }

  private static void setLog(RaftProperties raft) {
    Log.setUseMemory(raft, false);
    Log.setUnsafeFlushEnabled(raft, false);
    Log.setAsyncFlushEnabled(raft, false);
    Log.setCorruptionPolicy(raft, Log.CorruptionPolicy.EXCEPTION);
    // See AppendOrder for what Ratis' own order does.
    Log.setAppendEntriesComposeEnabled(raft, false);
    // An entry of its own for each commit, only so that a restart knows sooner what was committed.
    Log.setLogMetadataEnabled(raft, false);
    // Small files, because only whole ones are deleted and only whole ones leave the memory.
    Log.setSegmentSizeMax(raft, SizeInBytes.valueOf(4 << 20));
    // Beforehand they are filled with zeros, which a force takes to the disk. What is larger than
    // this is not: its zeros are overwritten before anything is forced.
    Log.setPreallocatedSize(raft, SizeInBytes.valueOf(64 << 10));
    // Four closed files a group stay in memory, and each election closes one. More, or a limit on
    // bytes that the open file passes, and Ratis evicts all the time; closing a log while it does
    // so never ends (3.3.0), see Participant.
    Log.setSegmentCacheNumMax(raft, 4);
    Log.setSegmentCacheSizeMax(raft, SizeInBytes.valueOf(256 << 20));
    // The shard decides how much is kept (see ShardStateMachine), so it is asked after each entry.
    Snapshot.setAutoTriggerEnabled(raft, true);
    Snapshot.setAutoTriggerThreshold(raft, 1);
    Snapshot.setTriggerWhenStopEnabled(raft, true);
    Snapshot.setTriggerWhenRemoveEnabled(raft, false);
    Log.setPurgeUptoSnapshotIndex(raft, true);
    Log.setPurgeGap(raft, 1);
    Log.setPurgePreservationLogNum(raft, 0);
    // A follower fetches what it lacks by itself.
    Appender.setInstallSnapshotEnabled(raft, false);
  }

  private static void setLimits(RaftProperties raft) {
    Appender.setBufferByteLimit(raft, SizeInBytes.valueOf(MESSAGE_BYTES));
    Appender.setBufferElementLimit(raft, 0);
    // By default a follower is sent nothing for 1 ms after each message.
    Appender.setWaitTimeMin(raft, TimeDuration.ZERO);
    // It must hold one message and 8 bytes more, and exists once a group.
    Log.setWriteBufferSize(raft, SizeInBytes.valueOf(MESSAGE_BYTES + 4096));
    // What waits to be committed in a group, and to be written to its log.
    RaftServerConfigKeys.Write.setByteLimit(raft, SizeInBytes.valueOf(128 << 20));
    RaftServerConfigKeys.Write.setElementLimit(raft, 4096);
    raft.setInt(Log.QUEUE_BYTE_LIMIT_KEY, 64 << 20);
    Log.setQueueElementLimit(raft, 4096);
    // Reads are made sure of by Freshness; see there why not by Ratis.
    RaftServerConfigKeys.Read.setOption(raft, RaftServerConfigKeys.Read.Option.DEFAULT);
  }

  /**
   * Where a node is asked: at its own address if that is this machine's; if it has none, and all
   * others are on this machine, there alone; else at all addresses.
   */
  public static InetSocketAddress address(RaftConfig config) {
    Optional<String> own =
        config.peers().stream()
            .filter(peer -> peer.id().equals(config.self()))
            .map(Member::host)
            .findFirst();
    if (own.isPresent() && isHere(own.get())) {
      return new InetSocketAddress(own.get(), config.raftPort());
    }
    boolean isLocal =
        own.isEmpty() && config.peers().stream().allMatch(peer -> isLoopback(peer.host()));
    return isLocal
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), config.raftPort())
        : new InetSocketAddress(config.raftPort());
  }

  /** Whether a name or an address stands for this machine alone. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an address is one of this machine's; a name may stand for a load balancer's. */
  private static boolean isHere(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static TimeDuration millis(int millis) {
    return TimeDuration.valueOf(millis, TimeUnit.MILLISECONDS);
  }
}
