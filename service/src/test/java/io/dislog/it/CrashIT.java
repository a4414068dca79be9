package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} under load: what was acknowledged is there afterwards, once, whole, in order. */
final class CrashIT {

  private static final int ROUNDS = 5;
  private static final int MAX_LIFE_MILLIS = 1500;
  private static final int MAX_START_MILLIS = 900;

  @RegisterExtension final Services services = new Services();

  private final List<Ledger> ledgers = new ArrayList<>();
  private final List<Follower> followers = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();

  @Test
  void nothingAcknowledgedIsLostChangedDoubledOrReorderedByFiveKills(@TempDir Path folder)
      throws Exception {
    rounds(folder, System.nanoTime());
  }

  @Tag("slow")
  @RepeatedTest(10)
  void nothingAcknowledgedIsLostChangedDoubledOrReorderedByFiftyKills(@TempDir Path folder)
      throws Exception {
    rounds(folder, System.nanoTime());
  }

  private void rounds(Path folder, long seed) throws Exception {
    System.out.printf("kill -9 under load, seed %d%n", seed);
    Random random = new Random(seed);
    DislogProcess service = services.in(folder).with("dislog.retention.interval", "1s").start();
    createLogs(service.api());
    createClients(seed);
    for (int round = 1; round <= ROUNDS; round++) {
      int life = 50 + random.nextInt(MAX_LIFE_MILLIS);
      Load load = new Load(service.api(), clients);
      Thread.sleep(life);
      service.kill();
      load.await();
      int killedStarts = killStarts(service, random);
      service.launch();
      Duration ready = service.awaitReady();
      int batches = check(service.api());
      System.out.printf(
          "round %d: killed after %4d ms, %d unanswered; again in %d starts; ready after %d ms;"
              + " %d acknowledged records in %d appends, %d batches found, all right%n",
          round,
          life,
          load.unanswered(),
          killedStarts,
          ready.toMillis(),
          ledgers.stream().mapToLong(Ledger::records).sum(),
          ledgers.stream().mapToInt(Ledger::appends).sum(),
          batches);
    }
  }

  /** The crash comes again while the service recovers, in every other round. */
  private static int killStarts(DislogProcess service, Random random) throws Exception {
    int kills = random.nextInt(3);
    for (int kill = 0; kill < kills; kill++) {
      service.launch();
      Thread.sleep(random.nextInt(MAX_START_MILLIS));
      service.kill();
    }
    return kills;
  }

  private void createLogs(Api api) throws IOException, InterruptedException {
    create(api, "large", "{}");
    create(api, "small", "{\"segment\":{\"maxBytes\":\"4Ki\"}}");
    create(api, "buffered", "{\"durability\":\"buffered\",\"segment\":{\"maxBytes\":\"64Ki\"}}");
    create(api, "trimmed", "{\"segment\":{\"maxBytes\":\"4Ki\"}}");
    create(
        api,
        "retained",
        "{\"segment\":{\"maxBytes\":\"8Ki\"},\"retention\":{\"maxBytes\":\"256Ki\"}}");
    followers.add(Follower.consuming("large"));
    followers.add(Follower.consuming("small"));
    followers.add(Follower.trimming("trimmed"));
  }

  private void create(Api api, String log, String config) throws IOException, InterruptedException {
    api.put("/v1/logs/" + log, config).is(201);
    ledgers.add(new Ledger(log));
  }

  private void createClients(long seed) {
    for (Ledger ledger : ledgers) {
      for (Batch.Kind kind : Batch.Kind.values()) {
        Random random = new Random(seed + clients.size());
        clients.add(new Appender(ledger, kind, null, random));
      }
      String producer = "producer of " + ledger.log();
      Random random = new Random(seed + clients.size());
      clients.add(new Appender(ledger, Batch.Kind.FRAMES, producer, random));
    }
    clients.addAll(followers);
  }

  private int check(Api api) throws Exception {
    int batches = 0;
    for (Ledger ledger : ledgers) {
      Ledger.Found found = ledger.check(api);
      assertThat(found.endOffset()).isNotNegative();
      batches += found.batches();
    }
    for (Follower follower : followers) {
      follower.check(api);
    }
    return batches;
  }
}
