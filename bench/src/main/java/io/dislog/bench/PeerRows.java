package io.dislog.bench;

import io.dislog.bench.load.Run;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.peer.Running;
import io.dislog.bench.peer.Site;
import io.dislog.bench.table.Comparison;
import io.dislog.bench.table.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Dislog, its peers and the device on so many nodes: in each round each is started afresh, measured
 * and ended, one after the other, in another order each time. For one thread.
 */
final class PeerRows {

  /** Folder in which contenders run. */
  static final String SITE = "peers";

  private static final int MOST_LETTERS = 300;

  private final Stage stage;
  private final int nodes;
  private final List<Contender> contenders;
  private final Map<Measure, Comparison> comparisons = new EnumMap<>(Measure.class);
  private final DeviceRows device;

  /**
   * @param contenders of which the first is Dislog
   */
  PeerRows(Stage stage, int nodes, Set<Measure> measures, List<Contender> contenders)
      throws IOException {
    this.stage = stage;
    this.nodes = nodes;
    this.contenders = List.copyOf(contenders);
    this.device = new DeviceRows(stage, nodes);
    for (Measure measure : measures) {
      comparisons.put(measure, comparison(measure));
    }
  }

  private Comparison comparison(Measure measure) {
    List<String> names = new ArrayList<>(contenders.stream().map(Contender::name).toList());
    names.add(device.name(measure));
    String title =
        "%s: %s".formatted(nodes == 1 ? "one node" : "three nodes", measure.title(stage.plan()));
    Comparison comparison = new Comparison(title, measure.unit(), names);
    Aim.of(measure, nodes).forEach(aim -> aim.addTo(comparison, names));
    return comparison;
  }

  List<Comparison> comparisons() {
    return List.copyOf(comparisons.values());
  }

  /** Measures all once. */
  void measure(int round) throws IOException {
    device.measure(comparisons, round);
    for (Contender contender : inOrderOf(round)) {
      Progress.say(
          "%s on %d %s, round %d"
              .formatted(contender.name(), nodes, nodes == 1 ? "node" : "nodes", round));
      measure(contender, round);
    }
  }

  private List<Contender> inOrderOf(int round) {
    List<Contender> order = new ArrayList<>(contenders);
    Collections.rotate(order, 1 - round);
    return order;
  }

  /** One that fails is tried again in the next round, and keeps nobody else from being measured. */
  private void measure(Contender contender, int round) throws IOException {
    try (Site site = Site.at(stage.folder(SITE), nodes);
        Running running = contender.start(site)) {
      for (Map.Entry<Measure, Comparison> row : comparisons.entrySet()) {
        Run run = row.getKey().run(running, stage.plan());
        row.getValue().add(contender.name(), round, row.getKey().figure(run), run);
      }
    } catch (IOException | RuntimeException e) {
      String why = reason(e);
      Progress.say("%s: %s".formatted(contender.name(), why));
      comparisons.values().forEach(row -> row.fail(contender.name(), round, why));
    }
    stage.device().sync();
  }

  /** In one line, which a table can have. */
  private static String reason(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    String line = message.strip().replaceAll("\\s+", " ");
    return line.length() <= MOST_LETTERS ? line : line.substring(0, MOST_LETTERS) + "…";
  }
}
