package io.dislog.siege;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One attack after the other, and whoever measures what it does. For one thread. */
final class Strikes implements AutoCloseable {

  /** For attackers to say what they got, beyond their time. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final long LOOK_MILLIS = 20;

  private final Besieged service;
  private final Plan plan;
  private final VitalsWatch vitals;
  private final SteadyClient client;
  private final Besiegers besiegers;
  private @Nullable Measured calm;

  Strikes(Besieged service, Plan plan) throws IOException, InterruptedException {
    this.service = service;
    this.plan = plan;
    besiegers = new Besiegers();
    vitals = new VitalsWatch(service);
    client = new SteadyClient(service);
    // For the JVM to compile what it runs.
    TimeUnit.MILLISECONDS.sleep(plan.warmUp().toMillis());
  }

  /** What the client that behaves well was acknowledged, by offset. */
  Map<Long, String> acknowledgements() {
    return client.acknowledgements();
  }

  Row strike(Attack attack) throws Exception {
    Measured before = before();
    vitals.take();
    long printed = service.printedBytes();
    Measured during;
    Measured newcomers;
    Measured health;
    String death;
    CompletableFuture<String> attackers;
    try (Visitor newcomer =
            new Visitor(service::port, "/v1/logs/" + SteadyClient.LOG, SteadyClient.PATIENCE);
        Visitor prober =
            new Visitor(service::managementPort, "/q/health/live", SteadyClient.PATIENCE)) {
      attackers = besiegers.begin(attack, service.port(), plan.length(attack));
      await(attackers, plan.length(attack).plus(GRACE));
      during = client.calls().take();
      newcomers = newcomer.calls().take();
      health = prober.calls().take();
      death = reviveIfDead();
    }
    Measured after = measure(plan.calm());
    death += reviveIfDead();
    return new Row(
        attack.name(),
        before,
        during,
        after,
        newcomers,
        health,
        vitals.take(),
        service.printedBytes() - printed,
        attackers.get(GRACE.plus(attack.length()).toSeconds(), TimeUnit.SECONDS),
        death);
  }

  @Override
  public void close() throws IOException {
    client.close();
    vitals.close();
    besiegers.close();
  }

  /** How it goes in peace; in a short siege that is measured once. */
  private Measured before() throws InterruptedException {
    Measured known = calm;
    if (known == null || !plan.brief()) {
      client.calls().take();
      known = measure(plan.peace());
      calm = known;
    }
    return known;
  }

  private Measured measure(Duration length) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
    return client.calls().take();
  }

  /** Waits for the end of the attack, or of the service. */
  private void await(CompletableFuture<String> attackers, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!attackers.isDone() && service.isAlive() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** What a service has said last that has ended, and is started again; else "". */
  private String reviveIfDead() throws Exception {
    if (service.isAlive()) {
      return "";
    }
    String death = service.lastWords();
    service.restart();
    client.calls().take();
    return death;
  }
}
