package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.disk.FaultyDisk;
import io.dislog.log.Record;
import io.dislog.raft.base.AgreedClock;
import io.dislog.raft.base.Applied;
import io.dislog.raft.base.EntryVersion;
import io.dislog.raft.group.RaftCommit;
import io.dislog.raft.replica.Group;
import io.dislog.shard.LogView;
import io.dislog.state.ProducerLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three members whose clocks were all ahead once, and what the leader has the shard do later. */
final class ReplicatedClockTest {

  private static final long NOW = 1_700_000_000_000L;
  private static final long AHEAD = Duration.ofDays(400).toMillis();
  private static final long MAX_AGE = Duration.ofDays(7).toMillis();
  private static final List<String> MEMBERS = List.of("n0", "n1", "n2");

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger next = new AtomicInteger();
  private final List<ByteBuffer> entries = new ArrayList<>();
  private final EntryVersion version = new EntryVersion("n0");
  private final AgreedClock clock = new AgreedClock("n0", NOW + AHEAD, nanos::get);
  private Rehearsal replica = new Rehearsal(new FaultyDisk(1), clock);
  private RaftCommit commit = serve(version);

  @BeforeEach
  void meet() {
    clock.members(MEMBERS.size());
    MEMBERS.forEach(member -> version.hear(member, EntryVersion.NEWEST));
    version.members(MEMBERS);
    begin();
  }

  @Test
  void ageCountsFromTheFirstRunThatSawItAfterRestartsToo() {
    assertThat(log().aheadMillis()).isEqualTo(AHEAD);
    assertThat(log().retention().isDue()).isTrue();
    assertThat(retain()).isZero();
    assertThat(log().retention().isDue()).isFalse();

    clocksSay(NOW + MAX_AGE);
    replica = new Rehearsal(replica.disk(), clock); // Killed: all entries are applied again.
    next.set(0);
    List<ByteBuffer> all = List.copyOf(entries);
    entries.clear();
    all.forEach(entry -> apply(entry, null));
    commit = serve(version);
    assertThat(retain()).isZero();
    clocksSay(NOW + MAX_AGE + 1);

    assertThat(retain()).isEqualTo(2);
  }

  @Test
  void whileAMemberMayBeOlderNothingIsSaidThatItDoesNotRead() {
    EntryVersion unknown = new EntryVersion("n0");
    unknown.members(MEMBERS);
    replica = new Rehearsal(new FaultyDisk(2), clock);
    commit = serve(unknown);
    next.set(0);
    entries.clear();
    begin();
    assertThat(retain()).isZero();
    assertThat(entries).extracting(entry -> entry.get(0)).containsOnly((byte) 1);
    assertThat(log().retention().isDue()).as("it was not seen").isTrue();
  }

  @Test
  void whatOlderMembersDoNotReadWaitsUntilAllAreHeardOf() {
    EntryVersion unknown = new EntryVersion("n0");
    replica = new Rehearsal(new FaultyDisk(3), clock);
    commit = serve(unknown);
    next.set(0);
    Creation finite =
        new Creation(null, new LogTraits("text/plain", null, null, null), null, List.of());

    CompletionStage<Boolean> created = commit.create("finite", finite);
    unknown.members(MEMBERS);
    assertThat(created.toCompletableFuture()).isNotDone();
    MEMBERS.forEach(member -> unknown.hear(member, EntryVersion.NEWEST));

    assertThat(await(created)).isTrue();
  }

  private void begin() {
    clocksSay(NOW + AHEAD);
    LogSettings own =
        new LogSettings(
            Map.of(Setting.SEGMENT_MAX_BYTES, 4096L, Setting.RETENTION_MAX_AGE, MAX_AGE));
    var _ = await(commit.create("log", Creation.of(own)));
    append();
    clocksSay(NOW);
    append();
  }

  private RaftCommit serve(EntryVersion writes) {
    RaftCommit served =
        new RaftCommit(1, replica.disk(), bytes -> {}, clock, writes, () -> ProducerLimits.DEFAULT);
    served.serve(new Lone(), replica.replica());
    return served;
  }

  private void apply(ByteBuffer entry, @Nullable Object proposal) {
    entries.add(entry.duplicate());
    replica.replica().apply(new Applied(1, next.getAndIncrement()), entry.duplicate(), proposal);
  }

  private void clocksSay(long millis) {
    nanos.addAndGet(Duration.ofMinutes(2).toNanos()); // What they said before is forgotten.
    MEMBERS.forEach(member -> clock.hear(member, millis));
  }

  private void append() {
    Record record = Record.of(new byte[4096]);
    var _ = await(commit.submit(log(), new Command.Append(List.of(record), null, null, 4096)));
  }

  private int retain() {
    return await(commit.submit(log(), log().retention().command())).segments().size();
  }

  private LogView log() {
    return commit.log("log");
  }

  private static <R> R await(CompletionStage<R> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  /** A group whose only member applies what it proposes. */
  private final class Lone implements Group {

    @Override
    public int shard() {
      return 0;
    }

    @Override
    public boolean leads() {
      return true;
    }

    @Override
    public CompletionStage<Void> propose(ByteBuffer entry, Object proposal) {
      apply(entry, proposal);
      return CompletableFuture.completedFuture(null);
    }
  }
}
