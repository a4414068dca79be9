package io.dislog.it;

import io.dislog.history.Checker;
import io.dislog.history.FinalLog;
import io.dislog.history.Finding;
import io.dislog.history.History;
import io.dislog.it.StreamWriter.Numbering;
import io.dislog.kit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Clients of all kinds at work on logs of their own, and what is to be said of it in the end. */
final class Play {

  private static final Duration RESUME = Duration.ofMinutes(2);
  private static final int PLAIN = 3;
  private static final int BROWSERS = 3;
  private static final int READERS = 4;

  private final Cluster cluster;
  private final History history = new History();
  private final Oddities oddities = new Oddities();
  private final Random random;
  private final Frontier frontier;
  private final List<Pulse> pulses = new ArrayList<>();
  private final List<Stream> ownStreams;
  private final Streams streams;
  private final Crew crew;

  /**
   * Begins.
   *
   * @param name of this play, which its logs and clients bear
   */
  Play(Cluster cluster, String name, long seed) throws Exception {
    this.cluster = cluster;
    this.random = new Random(seed);
    List<String> logs = new ArrayList<>();
    for (String log : new String[] {"orders", "clicks", "stock", "audit"}) {
      logs.add(log + "-" + name);
    }
    frontier = new Frontier(logs);
    for (String log : logs) {
      Await.until(
          () -> "the log " + log + " is made",
          RESUME,
          () -> cluster.any(random).makes(log, CONFIG));
    }
    ownStreams =
        List.of(
            new Stream("chat-" + name, StreamType.JSON),
            new Stream("notes-" + name, StreamType.TEXT));
    for (Stream stream : ownStreams) {
      Await.until(
          () -> "the stream " + stream.log() + " is made",
          RESUME,
          () -> cluster.any(random).makes(stream));
    }
    List<Stream> all = new ArrayList<>(ownStreams);
    logs.forEach(log -> all.add(new Stream(log, StreamType.BYTES)));
    streams = new Streams(all);
    crew = new Crew(workers(name), oddities, random);
    for (String log : logs) {
      pulses.add(
          new Pulse("pulse_" + log.replace('-', '_'), log, cluster, history, oddities, seed));
    }
  }

  private static final String CONFIG = "{\"retention\":{\"maxAge\":\"none\"}}";

  History history() {
    return history;
  }

  Oddities oddities() {
    return oddities;
  }

  /** Has every log take one more record, and says how long the longest of them waited. */
  Duration awaitAppends() throws InterruptedException {
    Duration longest = Duration.ZERO;
    for (Pulse pulse : pulses) {
      Duration wait = pulse.append(RESUME);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }
    return longest;
  }

  /** Ends the clients, reads everything and says what is wrong. */
  List<Finding> end() throws Exception {
    crew.end();
    Mover last = new Mover(caller("last", random), frontier);
    for (int node = 0; node < cluster.nodes().size(); node++) {
      last.lookAround();
    }
    List<String> logs = new ArrayList<>(frontier.logs());
    ownStreams.forEach(stream -> logs.add(stream.log()));
    logs.addAll(streams.made());
    List<FinalLog> finals = new FinalReading(cluster).of(logs);
    return Checker.check(history.operations(), finals);
  }

  private List<Worker> workers(String name) {
    List<String> own = ownStreams.stream().map(Stream::log).toList();
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < PLAIN; i++) {
      workers.add(new PlainWriter(caller("plain" + i + "_" + name, random), frontier));
    }
    for (String log : frontier.logs()) {
      Caller caller = caller("numbered_" + log.replace('-', '_'), random);
      workers.add(new NumberedWriter(caller, frontier, log));
    }
    for (int i = 0; i < BROWSERS; i++) {
      workers.add(new Browser(caller("browser" + i, random), frontier.with(own)));
    }
    workers.add(new Mover(caller("mover0", random), frontier));
    workers.add(new Mover(caller("mover1", random), frontier));
    workers.addAll(streamWorkers(name));
    return workers;
  }

  /** Those that speak the protocol of streams, about the same logs and about streams. */
  private List<Worker> streamWorkers(String name) {
    List<Worker> workers = new ArrayList<>();
    for (String log : frontier.logs()) {
      Stream stream = new Stream(log, StreamType.BYTES);
      workers.add(writer("face", stream, Numbering.PRODUCER));
    }
    for (Stream stream : ownStreams) {
      workers.add(writer("producer", stream, Numbering.PRODUCER));
      workers.add(writer("sequence", stream, Numbering.SEQUENCE));
      workers.add(writer("once", stream, Numbering.NONE));
      Caller lives = caller("lives_" + stream.log().replace('-', '_'), random);
      workers.add(new StreamLives(new StreamCaller(lives, frontier), streams, stream));
    }
    for (int i = 0; i < READERS; i++) {
      Caller reader = caller("reader%d_%s".formatted(i, name), random);
      workers.add(new StreamReader(new StreamCaller(reader, frontier), streams));
    }
    return workers;
  }

  private Worker writer(String kind, Stream stream, Numbering numbering) {
    Caller caller = caller(kind + "_" + stream.log().replace('-', '_'), random);
    return new StreamWriter(new StreamCaller(caller, frontier), stream, numbering);
  }

  private Caller caller(String name, Random seeds) {
    return new Caller(name, cluster, history, oddities, new Random(seeds.nextLong()));
  }
}
