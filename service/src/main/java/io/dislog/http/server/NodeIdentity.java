package io.dislog.http.server;

import io.dislog.access.node.NodeCredential;
import io.dislog.access.node.NodeProof;
import io.dislog.access.node.NodeSecret;
import io.dislog.access.node.ProjectedToken;
import io.dislog.access.node.SecretProof;
import io.dislog.access.node.SharedSecret;
import io.dislog.access.node.TokenProof;
import io.dislog.access.node.Verifier;
import io.dislog.access.tls.NodeTls;
import io.dislog.access.token.OwnToken;
import io.dislog.http.config.ServiceConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * How this node shows others that it is one, and what others have to show: that they know the
 * nodes' secret or, in a pod, a token of Kubernetes. Safe for use by many threads.
 */
@Singleton
public final class NodeIdentity {

  private static final String SECRET = NodeProof.Kind.SECRET.words();
  private static final String TOKEN = NodeProof.Kind.TOKEN.words();
  private static final String FOR_NODES = "dislog-nodes:";

  private final NodeCredential credential;
  private final Optional<ProjectedToken> token;
  private final Optional<NodeSecret> secret;
  private final Optional<Verifier> verifier;
  private final Optional<Membership> membership;
  private final Optional<NodeTls> tls;

  @Inject
  NodeIdentity(ServiceConfig config) {
    String self = config.raft().nodeId();
    Optional<Path> file = config.nodes().tokenFile().map(Path::of);
    secret = config.nodes().secretFile().map(NodeIdentity::secret);
    tls = NodeTlsSettings.of(config.tls().nodes());
    membership = file.map(NodeIdentity::membership);
    token = file.map(path -> new ProjectedToken(self, path));
    verifier = token.isPresent() ? Optional.empty() : secret.map(Verifier::new);
    credential =
        token
            .<NodeCredential>map(Function.identity())
            .or(() -> secret.map(known -> new SharedSecret(self, known)))
            .orElse(NodeCredential.NONE);
    boolean isReplicated = !config.replication().equals("off");
    if (isReplicated && !isKnown() && config.auth().rulesFile().isPresent()) {
      throw new ConfigurationException(
          "%s is missing: with dislog.auth.rules-file, nodes have to know each other"
              .formatted(SECRET),
          Set.of(SECRET));
    }
  }

  /**
   * The cluster of which this pod's node is one, by Kubernetes' word.
   *
   * @param cluster as NAMESPACE/NAME
   * @param serviceAccount of the cluster's pods
   */
  public record Membership(String cluster, String serviceAccount) {

    /** For whom tokens of its nodes are. */
    public String audience() {
      return FOR_NODES + cluster;
    }

    /** Whether a pod has the name of one of the cluster's. */
    public boolean hasPod(String name) {
      String prefix = cluster.substring(cluster.indexOf('/') + 1) + "-";
      return name.startsWith(prefix) && name.substring(prefix.length()).matches("0|[1-9][0-9]*");
    }
  }

  private static Membership membership(Path file) {
    try {
      OwnToken own = OwnToken.read(file);
      String audience =
          own.audience().stream()
              .filter(one -> one.startsWith(FOR_NODES))
              .findFirst()
              .orElseThrow(() -> new IOException("it is for nobody with " + FOR_NODES));
      return new Membership(audience.substring(FOR_NODES.length()), own.subject());
    } catch (IOException e) {
      throw refused(TOKEN, file.toString(), String.valueOf(e.getMessage()));
    }
  }

  private static NodeSecret secret(String file) {
    try {
      return NodeSecret.read(Path.of(file));
    } catch (IllegalArgumentException e) {
      throw refused(SECRET, file, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw refused(SECRET, file, "it can't be read");
    }
  }

  private static ConfigurationException refused(String setting, String file, String why) {
    return new ConfigurationException(
        "%s is '%s': %s".formatted(setting, file, why), Set.of(setting));
  }

  /** What this node shows to others. */
  NodeCredential credential() {
    return credential;
  }

  /**
   * What connections between nodes begin with.
   *
   * @param nodes the node that shows a token; fails where none does
   */
  public NodeProof proof(Function<String, CompletionStage<String>> nodes) {
    return token
        .<NodeProof>map(own -> new TokenProof(own, nodes))
        .or(() -> secret.map(SecretProof::new))
        .orElse(NodeProof.NONE);
  }

  /** With which nodes replicate. */
  public Optional<NodeTls> tls() {
    return tls;
  }

  /** What checks proofs that others know the secret; empty where they show something else. */
  public Optional<Verifier> verifier() {
    return verifier;
  }

  /** The cluster whose nodes show tokens; empty where they show something else. */
  public Optional<Membership> membership() {
    return membership;
  }

  /** Whether nodes can be told from others. */
  public boolean isKnown() {
    return verifier.isPresent() || membership.isPresent();
  }
}
