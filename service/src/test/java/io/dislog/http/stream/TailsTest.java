package io.dislog.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.Use;
import io.dislog.command.Creation;
import io.dislog.commit.Commit;
import io.dislog.http.Api;
import io.dislog.http.StreamProfile;
import io.dislog.http.exchange.OpenRequests;
import io.dislog.http.server.LogLookup;
import io.dislog.http.server.Service;
import io.dislog.http.stream.Tail.Waiter;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(StreamProfile.class)
final class TailsTest {

  private static final AtomicInteger LOGS = new AtomicInteger();

  @TestHTTPResource URI base;
  @Inject Service service;

  private final OpenRequests requests = new OpenRequests();
  private final Queue<Runnable> soon = new ConcurrentLinkedQueue<>();
  private final Tails tails = new Tails(soon::add, requests);
  private Commit commit;
  private LogView log;

  @BeforeEach
  void createLog() {
    var _ = new Api(base).awaitReady();
    commit = service.commit();
    String name = "tails-" + LOGS.incrementAndGet();
    assertThat(LogLookup.await(commit.create(name, Creation.ANY))).isTrue();
    log = commit.log(name);
  }

  @Test
  void anAppendWakesThoseThatWaitForItOnce() {
    Sleeper first = join(0);
    Sleeper second = join(0);
    Sleeper later = join(1);
    append();
    runSoon();
    assertThat(List.of(first.wakes, second.wakes, later.wakes)).containsExactly(1, 1, 0);
    append();
    runSoon();
    assertThat(List.of(first.wakes, second.wakes, later.wakes)).containsExactly(1, 1, 1);
  }

  @Test
  void whoCommitsHasOneToTell() {
    for (int i = 0; i < 100; i++) {
      var _ = join(0);
    }
    append();
    append();
    append();
    assertThat(soon).as("what is to be done for three commits").hasSize(1);
  }

  @Test
  void whoComesTooLateToWaitIsWoken() {
    append();
    Sleeper sleeper = join(0);
    runSoon();
    assertThat(sleeper.wakes).isEqualTo(1);
  }

  @Test
  void whoLeavesIsNotWoken() {
    Sleeper sleeper = join(0);
    assertThat(tails.leave(log, sleeper)).isTrue();
    assertThat(tails.leave(log, sleeper)).as("again").isFalse();
    append();
    runSoon();
    assertThat(sleeper.wakes).isZero();
  }

  @Test
  void whoWasWokenCanNotLeave() {
    Sleeper sleeper = join(0);
    append();
    runSoon();
    assertThat(tails.leave(log, sleeper)).isFalse();
  }

  @Test
  void aLogThatNobodyWaitsForIsNotWatched() {
    Sleeper sleeper = join(0);
    assertThat(tails.leave(log, sleeper)).isTrue();
    append();
    assertThat(soon).isEmpty();
    var _ = join(1);
    append();
    runSoon();
    append();
    soon.clear();
    append();
    assertThat(soon).as("after the last one was woken").isEmpty();
  }

  @Test
  void closingAndDeletionWakeAll() {
    Sleeper closed = join(0);
    submit(new Close(null, null));
    runSoon();
    assertThat(closed.wakes).isEqualTo(1);
    Sleeper comesLater = join(0);
    runSoon();
    assertThat(comesLater.wakes).as("of a log that is closed already").isEqualTo(1);
    createLog();
    Sleeper deleted = join(0);
    var _ = LogLookup.await(commit.delete(log.name()));
    runSoon();
    assertThat(deleted.wakes).isEqualTo(1);
  }

  @Test
  void theStopWakesAll() throws InterruptedException {
    Sleeper sleeper = join(0);
    assertThat(requests.stop(Duration.ZERO)).isTrue();
    assertThat(sleeper.wakes).isEqualTo(1);
    assertThat(join(0).wakes).as("who comes later").isEqualTo(1);
  }

  private Sleeper join(long next) {
    Sleeper sleeper = new Sleeper(next);
    tails.join(log, sleeper);
    return sleeper;
  }

  private void runSoon() {
    for (Runnable next = soon.poll(); next != null; next = soon.poll()) {
      next.run();
    }
  }

  private void append() {
    submit(new Append(List.of(Record.of(new byte[1])), null, null, 1));
  }

  /** A command is answered before those are told who wait, and the next one after that. */
  private void submit(Command<?> command) {
    var _ = LogLookup.await(commit.submit(log, command));
    var _ = LogLookup.await(commit.submit(log, new Use()));
  }

  private static final class Sleeper implements Waiter {
    private final long next;
    private int wakes;

    private Sleeper(long next) {
      this.next = next;
    }

    @Override
    public long next() {
      return next;
    }

    @Override
    public void wake() {
      wakes++;
    }
  }
}
