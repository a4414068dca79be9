package io.dislog.bench.peer;

import static java.util.stream.Collectors.joining;

import io.dislog.kit.Artefact;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/** Kafka: brokers that are controllers, too, and a topic of one partition that all have. */
final class Kafka implements Contender {

  private static final String TOPIC = "appends";

  /** What Kafka's own start script gives a broker. */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms1g",
          "-Xmx1g",
          "-XX:+UseG1GC",
          "-XX:MaxGCPauseMillis=20",
          "-XX:InitiatingHeapOccupancyPercent=35",
          "-XX:+ExplicitGCInvokesConcurrent",
          "-Djava.awt.headless=true");

  /** For the program that prepares a broker's folder. */
  private static final List<String> SHORT_LIVED =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Program program;
  private final Durability durability;

  /**
   * @param program folder with the jars of the broker
   */
  Kafka(Program program, Durability durability) {
    this.program = program;
    this.durability = durability;
  }

  /** The brokers' jars, in the version of the client that is built in. */
  static Program fetched(Path project, Fetch fetch) throws IOException {
    String version = Pins.ofPom(project, "kafka");
    String plugin = Pins.ofPom(project, "dependency-plugin");
    return fetch.program(
        "kafka",
        version,
        "Maven",
        folder ->
            new ProcessBuilder(
                project.resolve("mvnw").toString(),
                "-q",
                "-B",
                "-ntp",
                "-f",
                project.resolve("bench/peers/kafka/pom.xml").toString(),
                "-Dkafka.version=" + version,
                "org.apache.maven.plugins:maven-dependency-plugin:%s:copy-dependencies"
                    .formatted(plugin),
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + folder));
  }

  @Override
  public String name() {
    return "Kafka %s, acks=all, %s"
        .formatted(
            program.version(),
            switch (durability) {
              case FSYNC -> "flush.messages=1";
              case DEFAULT -> "no fsync (default)";
            });
  }

  @Override
  public Running start(Site site) throws IOException {
    Path jars = program.path();
    String cluster = Uuid.randomUuid().toString();
    for (Member member : site.members()) {
      format(site, member, jars, cluster);
    }
    List<NodeProcess> brokers = new ArrayList<>();
    for (Member member : site.members()) {
      Path settings = settings(site, member);
      brokers.add(
          site.launch(
              "kafka",
              member,
              java(jars, JVM_OPTIONS, List.of("kafka.Kafka", settings.toString()))));
    }
    for (NodeProcess broker : brokers) {
      broker.awaitListening(Site.PATIENCE);
    }
    return RunningKafka.onNewTopic(
        servers(site), TOPIC, site.nodes(), topicSettings(site.nodes()), durability);
  }

  /** A majority has a record before it is acknowledged. */
  private Map<String, String> topicSettings(int nodes) {
    Map<String, String> settings = new HashMap<>();
    settings.put("min.insync.replicas", String.valueOf(nodes / 2 + 1));
    if (durability == Durability.FSYNC) {
      settings.put("flush.messages", "1");
    }
    return settings;
  }

  private static void format(Site site, Member member, Path jars, String cluster)
      throws IOException {
    Path settings = settings(site, member);
    Files.writeString(settings, text(site, member));
    NodeProcess format =
        site.launch(
            "kafka-storage",
            member,
            java(
                jars,
                SHORT_LIVED,
                List.of(
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    cluster,
                    "-c",
                    settings.toString())));
    if (!format.awaitEnd(Site.PATIENCE) || format.exitCode() != 0) {
      throw new IOException("its folder can't be prepared: " + format.output());
    }
  }

  private static String text(Site site, Member member) {
    return """
    process.roles=broker,controller
    node.id=%s
    controller.quorum.voters=%s
    controller.listener.names=CONTROLLER
    listeners=PLAINTEXT://%s,CONTROLLER://%s
    advertised.listeners=PLAINTEXT://%s
    listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
    log.dirs=%s
    """
        .formatted(
            number(member),
            site.members().stream()
                .map(voter -> number(voter) + "@" + controller(voter))
                .collect(joining(",")),
            broker(member),
            controller(member),
            broker(member),
            site.folder().resolve("data-" + member.id()));
  }

  private static Path settings(Site site, Member member) {
    return site.folder().resolve(member.id() + ".properties");
  }

  private static List<String> java(Path jars, List<String> options, List<String> main) {
    List<String> command = new ArrayList<>(List.of(Artefact.java()));
    command.addAll(options);
    command.addAll(List.of("-cp", jars.resolve("*").toString()));
    command.addAll(main);
    return command;
  }

  private static String servers(Site site) {
    return site.members().stream().map(Kafka::broker).collect(joining(","));
  }

  private static String number(Member member) {
    return member.id().substring(1);
  }

  private static String broker(Member member) {
    return member.host() + ":" + member.http();
  }

  private static String controller(Member member) {
    return member.host() + ":" + member.raft();
  }
}
