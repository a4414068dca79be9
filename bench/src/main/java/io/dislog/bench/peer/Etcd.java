package io.dislog.bench.peer;

import static java.util.stream.Collectors.joining;

import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** etcd, which forces its log before it answers, and can't be told otherwise. */
final class Etcd implements Contender {

  private static final Pattern VERSION = Pattern.compile("etcd Version: (\\S+)");

  /** Its default of 2 GiB is soon full. */
  private static final long MOST_BYTES = 8L << 30;

  private final Program program;

  Etcd(Program program) {
    this.program = program;
  }

  static Program installed() {
    return Installed.program("etcd", "etcd-server", VERSION);
  }

  @Override
  public String name() {
    return "etcd %s, fsync (always)".formatted(program.version());
  }

  @Override
  public Running start(Site site) throws IOException {
    String etcd = program.path().toString();
    List<NodeProcess> servers = new ArrayList<>();
    for (Member member : site.members()) {
      servers.add(site.launch("etcd", member, command(etcd, site, member)));
    }
    for (NodeProcess server : servers) {
      server.awaitListening(Site.PATIENCE);
    }
    return RunningEtcd.withLeaderOf(site.members());
  }

  private static List<String> command(String etcd, Site site, Member member) {
    String clients = client(member);
    String others = peer(member);
    return List.of(
        etcd,
        "--name=" + member.id(),
        "--data-dir=" + site.folder().resolve("data-" + member.id()),
        "--listen-client-urls=" + clients,
        "--advertise-client-urls=" + clients,
        "--listen-peer-urls=" + others,
        "--initial-advertise-peer-urls=" + others,
        "--initial-cluster=" + cluster(site),
        "--initial-cluster-state=new",
        "--quota-backend-bytes=" + MOST_BYTES,
        "--log-level=warn");
  }

  private static String cluster(Site site) {
    return site.members().stream()
        .map(member -> member.id() + "=" + peer(member))
        .collect(joining(","));
  }

  static String client(Member member) {
    return "http://%s:%d".formatted(member.host(), member.http());
  }

  private static String peer(Member member) {
    return "http://%s:%d".formatted(member.host(), member.raft());
  }
}
