package io.dislog.bench;

import io.dislog.bench.load.Span;
import io.dislog.bench.machine.Disturbance;
import io.dislog.bench.machine.Machine;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.peer.Peer;
import io.dislog.bench.peer.Running;
import io.dislog.bench.peer.Site;
import io.dislog.bench.table.PeerReport;
import io.dislog.bench.table.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measures Dislog beside the systems that people pick instead: {@code ./dislog bench --peers}. */
final class PeerBench {

  private static final int WARM_UP_CLIENTS = 16;

  /** Of all processors: above it, figures say little. */
  private static final double SHARED = 0.05;

  private static final long WARM_UP_APPENDS = 100_000;
  private static final long WARM_UP_BATCHES = 1_000;

  private final Stage stage;
  private final Options options;
  private final List<Contender> contenders = new ArrayList<>();

  /** One of each client: the first that is measured must not be the one whose client is cold. */
  private final List<Contender> ofEachClient = new ArrayList<>();

  PeerBench(Stage stage, Options options) {
    this.stage = stage;
    this.options = options;
  }

  /** Finds or fetches the peers, measures, and reports. */
  PeerReport measure() throws IOException {
    Set<Measure> measures = options.measures();
    List<Integer> nodes = options.nodes();
    find();
    long start = System.nanoTime();
    Disturbance disturbance = new Disturbance();
    List<PeerRows> rows = new ArrayList<>();
    for (int count : nodes) {
      rows.add(new PeerRows(stage, count, measures, contenders));
    }
    for (Contender contender : ofEachClient) {
      warmUp(contender);
    }
    for (int round = 1; round <= stage.plan().rounds(); round++) {
      for (PeerRows one : rows) {
        one.measure(round);
      }
    }
    return new PeerReport(
        heading(System.nanoTime() - start, disturbance.share()),
        rows.stream().flatMap(one -> one.comparisons().stream()).toList());
  }

  private void find() throws IOException {
    add(List.of(new Dislog(stage)));
    Path cache = Path.of(System.getProperty("dislog.cache", stage.work().toString()));
    for (Peer peer : options.peers()) {
      add(peer.contenders(stage.project(), cache, Progress::say));
    }
  }

  private void add(List<Contender> ofOneSystem) {
    contenders.addAll(ofOneSystem);
    ofEachClient.add(ofOneSystem.getFirst());
  }

  /** Why one can't be started is said when it is measured. */
  private void warmUp(Contender contender) throws IOException {
    Progress.say("the client of " + contender.name());
    try (Site site = Site.at(stage.folder(PeerRows.SITE), 1);
        Running running = contender.start(site)) {
      Span span = Span.of(stage.plan().preparation());
      running.singles(WARM_UP_CLIENTS, span.atMost(WARM_UP_APPENDS));
      running.batches(WARM_UP_CLIENTS, span.atMost(WARM_UP_BATCHES));
    } catch (IOException | RuntimeException e) {
      Progress.say("no warm-up of it: " + e);
    }
  }

  private String heading(long nanos, double share) throws IOException {
    return """
    Measured on %s, in %d s, by `%s`: %s.
    All nodes, their clients and the device share this machine. Figures are medians, of %d rounds in which each is started \
    afresh, measured and ended, one after the other. Other processes used %.0f %% of the processors meanwhile%s.
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            nanos / 1_000_000_000,
            options.command(),
            Machine.describe(stage.device()),
            stage.plan().rounds(),
            100 * share,
            share > SHARED ? ": **the machine was shared**" : "");
  }
}
