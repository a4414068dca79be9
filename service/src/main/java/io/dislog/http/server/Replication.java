package io.dislog.http.server;

import io.dislog.commit.Member;
import io.dislog.commit.RaftConfig;
import io.dislog.http.config.Property;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.Name;
import io.dislog.http.notation.MemberText;
import io.dislog.shard.Names;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the service's properties say of replication, each value checked where it counts. */
public final class Replication {

  private static final String MODE = "dislog.replication";
  private static final String NODE_ID = "dislog.raft.node-id";
  private static final String PEERS = "dislog.raft.peers";
  private static final String BEGIN_ANEW = "dislog.raft.begin-anew";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_SHARDS = 64;

  private Replication() {}

  /** How this node takes part; empty where replication is off, whatever else is configured. */
  public static Optional<RaftConfig> of(ServiceConfig config) {
    return switch (config.replication()) {
      case "off" -> Optional.empty();
      case "raft" -> Optional.of(of(config.raft()));
      default ->
          throw new ConfigurationException(
              "%s is '%s', which is neither off nor raft".formatted(MODE, config.replication()),
              Set.of(MODE));
    };
  }

  private static RaftConfig of(ServiceConfig.Raft raft) {
    if (!Names.isValid(raft.nodeId())) {
      throw refused(NODE_ID, "is '%s', which is not %s".formatted(raft.nodeId(), Name.PATTERN));
    }
    return new RaftConfig(
        raft.nodeId(),
        peers(raft.peers().orElse("")),
        (int) Property.number("dislog.raft.port", raft.port(), 1, MAX_PORT),
        (int) Property.number("dislog.raft.shards", raft.shards(), 1, MAX_SHARDS),
        raft.mayBegin(),
        raft.beginAnew().map(text -> givenUp(raft.nodeId(), text)).orElse(null));
  }

  /** The cluster that this node begins anew; null where another node does. */
  private static @Nullable UUID givenUp(String self, String text) {
    String[] words = text.strip().split(":", -1);
    try {
      // Only what Java writes itself: it reads shorter ones, too.
      if (words.length == 2 && UUID.fromString(words[1]).toString().equals(words[1])) {
        return words[0].equals(self) ? UUID.fromString(words[1]) : null;
      }
    } catch (IllegalArgumentException e) {
      // It is told below.
    }
    throw refused(BEGIN_ANEW, "is '%s', which is not NODE:UUID".formatted(text));
  }

  private static List<Member> peers(String text) {
    if (text.isBlank()) {
      throw refused(PEERS, "is missing: id=host:raftPort:httpPort, and so on by commas");
    }
    List<Member> peers = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<String> addresses = new HashSet<>();
    for (String entry : text.split(",", -1)) {
      Member peer = peer(entry.strip());
      if (!ids.add(peer.id()) || !addresses.add(peer.raftAddress())) {
        throw refused(PEERS, "has '%s', whose id or address it has before".formatted(entry));
      }
      peers.add(peer);
    }
    return peers;
  }

  private static Member peer(String entry) {
    int equals = entry.indexOf('=');
    String id = equals < 0 ? "" : entry.substring(0, equals);
    Member peer = MemberText.parse(id, entry.substring(equals + 1));
    if (peer == null || !Names.isValid(id)) {
      throw refused(PEERS, "has '%s', which is not id=host:raftPort:httpPort".formatted(entry));
    }
    return peer;
  }

  private static ConfigurationException refused(String property, String why) {
    return new ConfigurationException(property + " " + why, Set.of(property));
  }
}
