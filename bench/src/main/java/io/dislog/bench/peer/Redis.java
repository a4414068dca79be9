package io.dislog.bench.peer;

import io.dislog.kit.Await;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Redis with an append-only file: a stream, and where there are several nodes, a primary with
 * replicas. Nobody takes over when the primary is gone.
 */
public final class Redis implements Contender {

  private static final Pattern VERSION = Pattern.compile("v=(\\S+)");

  private final Program program;
  private final Durability durability;

  Redis(Program program, Durability durability) {
    this.program = program;
    this.durability = durability;
  }

  static Program installed() {
    return Installed.program("redis-server", "redis-server", VERSION);
  }

  /** One that forces its file before it answers, as it is installed here. */
  public static Redis withFsync() {
    return new Redis(installed(), Durability.FSYNC);
  }

  public boolean isInstalled() {
    return program instanceof Program.Present;
  }

  @Override
  public String name() {
    return "Redis %s, %s"
        .formatted(
            program.version(),
            switch (durability) {
              case FSYNC -> "appendfsync always; with replicas WAIT";
              case DEFAULT -> "appendfsync everysec (default); replicas not waited for";
            });
  }

  @Override
  public Running start(Site site) throws IOException {
    String server = program.path().toString();
    Member primary = site.members().getFirst();
    List<NodeProcess> servers = new ArrayList<>();
    for (Member member : site.members()) {
      List<String> command = command(server, site, member);
      if (!member.equals(primary)) {
        command.addAll(List.of("--replicaof", primary.host(), String.valueOf(primary.http())));
      }
      servers.add(site.launch("redis", member, command));
    }
    for (NodeProcess process : servers) {
      process.awaitListening(Site.PATIENCE);
    }
    awaitReplicas(primary, site.nodes() - 1);
    return new RunningRedis(
        address(primary), durability == Durability.FSYNC ? site.nodes() / 2 : 0);
  }

  private List<String> command(String server, Site site, Member member) throws IOException {
    Path data = Files.createDirectories(site.folder().resolve("data-" + member.id()));
    return new ArrayList<>(
        List.of(
            server,
            "--port",
            String.valueOf(member.http()),
            "--bind",
            member.host(),
            "--dir",
            data.toString(),
            "--appendonly",
            "yes",
            "--appendfsync",
            durability == Durability.FSYNC ? "always" : "everysec",
            "--auto-aof-rewrite-percentage",
            "0",
            "--save",
            ""));
  }

  private static void awaitReplicas(Member primary, int count) throws IOException {
    boolean inTime =
        Await.holdsWithin(
            Site.PATIENCE,
            () -> {
              String said = RedisInfo.replication(address(primary));
              return said.lines().filter(line -> line.contains("state=online")).count() == count;
            });
    if (!inTime) {
      throw new IOException("its replicas did not come");
    }
  }

  private static SocketAddress address(Member member) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), member.http());
  }
}
