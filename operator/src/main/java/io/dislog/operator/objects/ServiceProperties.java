package io.dislog.operator.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.RetentionSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The service's properties in a cluster. Segments, retention and logs are not among them: those are
 * brought to the running service. Immutable.
 */
final class ServiceProperties {

  /** Where a node's volume is; its own folder in it, for a file system has some of its own. */
  static final String DATA_FOLDER = "/data";

  /** The service's default of a segment, and how many of them a volume holds at least. */
  private static final long SEGMENT_BYTES = 256L << 20;

  private static final long SEGMENTS = 8;

  /** The service's default of what it keeps free, and how small a share of a volume that is. */
  private static final long RESERVE_BYTES = 64L << 20;

  private static final long RESERVES = 16;

  private static final String PEERS = "dislog.raft.peers";
  private static final String MAY_BEGIN = "dislog.raft.may-begin";
  private static final String BEGIN_ANEW = "dislog.raft.begin-anew";
  private static final String INTERVAL = "dislog.retention.interval";

  /**
   * What a running node need not be restarted for: a node that has data never looks at its peers,
   * the interval is brought to it otherwise, and the one that begins anew is restarted for that.
   */
  private static final Set<String> WITHOUT_RESTART = Set.of(PEERS, INTERVAL, MAY_BEGIN, BEGIN_ANEW);

  private final SortedMap<String, String> properties;

  private ServiceProperties(SortedMap<String, String> properties) {
    this.properties = properties;
  }

  static ServiceProperties of(DislogCluster cluster, Shape shape) {
    SortedMap<String, String> properties = new TreeMap<>(fitting(shape.claimSize()));
    Map<String, String> config = cluster.getSpec().config();
    if (config != null) {
      properties.putAll(config);
    }
    properties.putAll(
        AccessProperties.of(cluster, shape.surroundings(), properties.get(AccessProperties.HOSTS)));
    properties.put("quarkus.http.port", Integer.toString(Ports.HTTP));
    properties.put("quarkus.management.port", Integer.toString(Ports.MANAGEMENT));
    properties.put("dislog.data-dir", DATA_FOLDER + "/dislog");
    properties.put("dislog.replication", "raft");
    properties.put("dislog.raft.port", Integer.toString(Ports.RAFT));
    properties.put("dislog.raft.shards", Integer.toString(Defaults.shards(cluster)));
    properties.put(PEERS, peers(cluster, shape));
    properties.remove(MAY_BEGIN);
    if (shape.begun()) {
      properties.put(MAY_BEGIN, "false");
    }
    properties.remove(BEGIN_ANEW);
    if (shape.beginsAnew() != null) {
      properties.put(BEGIN_ANEW, shape.beginsAnew());
    }
    RetentionSpec retention = cluster.getSpec().retention();
    if (retention != null && retention.interval() != null) {
      properties.put(INTERVAL, retention.interval());
    }
    return new ServiceProperties(properties);
  }

  /**
   * The service's own defaults are for volumes of some size; in a small one, a segment and what is
   * kept free are a share of it, so that retention finds sealed segments before it is full.
   *
   * @param claimSize with which claims were made: what follows from it must not change with a
   *     volume
   */
  private static Map<String, String> fitting(String claimSize) {
    long bytes = new Quantity(claimSize).getNumericalAmount().longValue();
    Map<String, String> fitting = new HashMap<>();
    if (bytes / SEGMENTS < SEGMENT_BYTES) {
      fitting.put("dislog.segment.max-bytes", Long.toString(Math.max(bytes / SEGMENTS, 4096)));
    }
    if (bytes / RESERVES < RESERVE_BYTES) {
      fitting.put("dislog.storage.reserve", Long.toString(bytes / RESERVES));
    }
    return fitting;
  }

  private static String peers(DislogCluster cluster, Shape shape) {
    return IntStream.range(0, shape.members())
        .mapToObj(node -> Names.node(cluster, node) + "=" + Names.address(cluster, node))
        .collect(Collectors.joining(","));
  }

  /** A file of properties; the same ones give the same file. */
  String text() {
    return text(properties);
  }

  /** Changes with whatever a node must be restarted for. */
  String fingerprint() {
    SortedMap<String, String> fixed = new TreeMap<>(properties);
    fixed.keySet().removeAll(WITHOUT_RESTART);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text(fixed).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
  }

  private static String text(SortedMap<String, String> properties) {
    StringBuilder text = new StringBuilder();
    properties.forEach((name, value) ->
        text.append(escaped(name, true)).append('=').append(escaped(value, false)).append('\n'));
    return text.toString();
  }

  /** As {@link java.util.Properties} reads it, whatever it takes a file's encoding to be. */
  private static String escaped(String text, boolean isName) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      boolean isSpecial =
          isName
              ? "=:#! \\".indexOf(character) >= 0
              : character == '\\' || (i == 0 && character == ' ');
      if (character < ' ' || character > '~') {
        escaped.append("\\u%04x".formatted((int) character));
      } else if (isSpecial) {
        escaped.append('\\').append(character);
      } else {
        escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
