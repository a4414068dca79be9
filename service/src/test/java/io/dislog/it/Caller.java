package io.dislog.it;

import io.dislog.history.Call;
import io.dislog.history.Entry;
import io.dislog.history.History;
import io.dislog.history.Operation.Read;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * One client, which calls now this node and now that one and takes down what it heard. For one
 * thread.
 */
final class Caller {

  private static final int MOVE_ONE_IN = 15;

  private final String name;
  private final Cluster cluster;
  private final History history;
  private final Oddities oddities;
  private final Random random;
  private ClusterNode node;
  private Duration patience = ClusterNode.PATIENCE;

  Caller(String name, Cluster cluster, History history, Oddities oddities, Random random) {
    this.name = name;
    this.cluster = cluster;
    this.history = history;
    this.oddities = oddities;
    this.random = random;
    this.node = cluster.any(random);
  }

  /** The same with another patience for each answer. */
  Caller within(Duration otherPatience) {
    patience = otherPatience;
    return this;
  }

  String name() {
    return name;
  }

  Random random() {
    return random;
  }

  History history() {
    return history;
  }

  /**
   * Calls some node.
   *
   * @param expected statuses that are right here, besides 503
   */
  Heard call(String log, Set<Integer> expected, Request request) throws InterruptedException {
    ClusterNode called = node;
    long start = System.nanoTime();
    Heard heard;
    try {
      Answer answer = request.send(called.api().within(patience));
      heard = new Heard(new Call(name, called.id(), log, start, System.nanoTime()), answer);
    } catch (IOException e) {
      heard = new Heard(new Call(name, called.id(), log, start, System.nanoTime()), null);
    }
    if (heard.isUnknown() || random.nextInt(MOVE_ONE_IN) == 0) {
      node = cluster.node(1 + called.number() % cluster.nodes().size());
    }
    boolean behind = !heard.isFresh() && heard.status() / 100 == 4;
    if (!heard.isUnknown() && !behind && !expected.contains(heard.status())) {
      oddities.add("%s in %s was answered %s".formatted(heard.call(), log, heard.answer()));
    }
    return heard;
  }

  /** Takes down what an answer says of a log, and the records that it shows. */
  void read(Heard heard, boolean fresh, long tail, List<Entry> entries) {
    if (!heard.isUnknown()) {
      history.add(
          new Read(
              heard.call(),
              fresh && heard.isFresh(),
              heard.number("Dislog-Earliest-Offset"),
              heard.number("Dislog-End-Offset"),
              tail,
              entries));
    }
  }

  /** Something that is sent to a node. */
  interface Request {
    Answer send(Api api) throws IOException, InterruptedException;
  }
}
