package io.dislog.bench.peer;

import static java.util.stream.Collectors.joining;

import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** NATS JetStream: a stream in files, with a replica on each server. */
final class Nats implements Contender {

  private static final String MODULE = "github.com/nats-io/nats-server/v2";

  private final Program program;
  private final Durability durability;

  /**
   * @param program folder with the server
   */
  Nats(Program program, Durability durability) {
    this.program = program;
    this.durability = durability;
  }

  /** The server, built of the version that the project's module for it requires. */
  static Program fetched(Path project, Fetch fetch) throws IOException {
    Path module = project.resolve("bench/peers/nats");
    return fetch.program(
        "nats-server",
        Pins.ofGo(module, MODULE),
        "Go",
        folder ->
            new ProcessBuilder(
                    "go", "build", "-o", folder.resolve("nats-server").toString(), MODULE)
                .directory(module.toFile()));
  }

  @Override
  public String name() {
    return "NATS JetStream %s, %s"
        .formatted(
            program.version(),
            switch (durability) {
              case FSYNC -> "sync_interval: always";
              case DEFAULT -> "fsync every 2 min (default)";
            });
  }

  @Override
  public Running start(Site site) throws IOException {
    Path server = program.path().resolve("nats-server");
    List<NodeProcess> servers = new ArrayList<>();
    for (Member member : site.members()) {
      Path settings = site.folder().resolve(member.id() + ".conf");
      Files.writeString(settings, settings(site, member));
      servers.add(
          site.launch("nats", member, List.of(server.toString(), "-c", settings.toString())));
    }
    for (NodeProcess process : servers) {
      process.awaitListening(Site.PATIENCE);
    }
    return RunningNats.onNewStream(site.members());
  }

  private String settings(Site site, Member member) {
    String sync = durability == Durability.FSYNC ? "sync_interval: always" : "";
    String alone =
        """
        server_name: %s
        listen: "%s:%d"
        jetstream {
          store_dir: "%s"
          %s
        }
        """
            .formatted(
                member.id(),
                member.host(),
                member.http(),
                site.folder().resolve("data-" + member.id()),
                sync);
    return site.nodes() == 1 ? alone : alone + cluster(site, member);
  }

  private static String cluster(Site site, Member member) {
    return """
    cluster {
      name: bench
      listen: "%s"
      routes: [%s]
    }
    """
        .formatted(
            route(member),
            site.members().stream()
                .map(other -> "\"nats://" + route(other) + "\"")
                .collect(joining(", ")));
  }

  private static String route(Member member) {
    return member.host() + ":" + member.raft();
  }
}
