package io.dislog.kit;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a node is, and its name among others.
 *
 * @param host address that it listens on
 * @param http port of its API
 * @param management port of its health and metrics
 * @param raft port for other nodes
 */
public record Member(String id, String host, int http, int management, int raft) {

  static final String REPLICATES = "-Ddislog.replication=raft";

  /** A node on the loopback interface. */
  public static Member onFreePorts(String id) {
    return new Member(id, "127.0.0.1", FreePort.next(), FreePort.next(), FreePort.next());
  }

  /** As the cluster has it. */
  public String address() {
    return "%s:%d:%d".formatted(host, raft, http);
  }

  /** Where its API is. */
  public URI api() {
    return URI.create("http://%s:%d".formatted(host, http));
  }

  /** Where its health and metrics are. */
  public URI health() {
    return URI.create("http://%s:%d".formatted(host, management));
  }

  /** The settings of a node by itself, as options of a JVM. */
  public List<String> alone() {
    return List.of(
        "-Dquarkus.http.host=" + host,
        "-Dquarkus.http.port=" + http,
        "-Dquarkus.management.host=" + host,
        "-Dquarkus.management.port=" + management);
  }

  /**
   * The settings of a node among others, as options of a JVM.
   *
   * @param first members of the cluster
   */
  public List<String> among(List<Member> first) {
    List<String> settings = new ArrayList<>(alone());
    settings.add(REPLICATES);
    settings.add("-Ddislog.raft.node-id=" + id);
    settings.add(
        first.stream()
            .map(member -> member.id + "=" + member.address())
            .collect(Collectors.joining(",", "-Ddislog.raft.peers=", "")));
    settings.add("-Ddislog.raft.port=" + raft);
    return settings;
  }
}
