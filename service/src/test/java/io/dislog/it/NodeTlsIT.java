package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.kit.Authority;
import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster is taken to TLS and to another authority while logs are appended to. */
final class NodeTlsIT {

  private static final int NODES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofMinutes(1);
  private static final int ATTEMPTS = 4;

  private final Authority first = new Authority("first");
  private final Authority second = new Authority("second");
  private final Random random = new Random();

  @TempDir private Path folder;

  private int written;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void noAppendIsRefusedBeyondAChangeOfTheLeader() throws Exception {
    try (Cluster cluster = new Cluster(NODES, folder, "dislog.raft.shards=1").start()) {
      Pulses pulses = new Pulses(cluster, 3, random.nextLong());
      write(cluster, first, first.pem());
      during(pulses, "TLS beside none", () -> restart(cluster, "true"));
      during(pulses, "TLS alone", () -> restart(cluster, "false"));
      during(pulses, "another leaf", () -> replace(cluster, first, first.pem()));
      String both = first.pem() + second.pem();
      during(pulses, "two authorities", () -> replace(cluster, first, both));
      during(pulses, "leaves of the second", () -> replace(cluster, second, both));
      during(pulses, "the second alone", () -> replace(cluster, second, second.pem()));
      System.out.printf("%d appends in all%n", pulses.beats());
      assertThat(pulses.end()).isEmpty();
    }
  }

  private static void during(Pulses pulses, String what, Pulses.Disturbance done) throws Exception {
    Duration wait = pulses.waitFor(done, PATIENCE, ATTEMPTS);
    System.out.printf("%s: an append waited for %d ms at most%n", what, wait.toMillis());
    assertThat(wait).as(what).isLessThan(PATIENCE);
  }

  private void restart(Cluster cluster, String optional) throws Exception {
    for (ClusterNode node : cluster.nodes()) {
      node.stop();
      node.process()
          .with("dislog.tls.nodes.certificate", file("tls.crt"))
          .with("dislog.tls.nodes.key", file("tls.key"))
          .with("dislog.tls.nodes.ca", file("ca.crt"))
          .with("dislog.tls.nodes.optional", optional);
      node.launch();
      node.awaitReady();
    }
  }

  /** Once all have read them, all connections are made anew, as the leader's process ends. */
  private void replace(Cluster cluster, Authority authority, String authorities) throws Exception {
    write(cluster, authority, authorities);
    for (ClusterNode node : cluster.nodes()) {
      Await.until(
          "the files were read",
          READ,
          () -> node.process().allOutput().contains("CN=written-" + written));
    }
    cluster.leader(random).kill();
    cluster.awaitReady();
  }

  /** As Kubernetes does, all at once. */
  private void write(Cluster cluster, Authority authority, String authorities) throws IOException {
    written++;
    String[] hosts =
        cluster.nodes().stream().map(node -> node.api().host()).distinct().toArray(String[]::new);
    Path tls = Files.createDirectories(folder.resolve("tls"));
    Path data = tls.resolve("..%d".formatted(written));
    authority.leaf("written-" + written, hosts).writeTo(data);
    Files.writeString(data.resolve("ca.crt"), authorities);
    Path link = Files.createSymbolicLink(tls.resolve("..new"), data.getFileName());
    Files.move(link, tls.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String file(String name) {
    return folder.resolve("tls").resolve("..data").resolve(name).toString();
  }
}
