package io.dislog.http.server;

import io.dislog.access.node.NodeProof;
import io.dislog.access.node.NodeTrust;
import io.dislog.command.Rejection;
import io.dislog.commit.Cluster;
import io.dislog.commit.Commit;
import io.dislog.commit.Node;
import io.dislog.commit.RaftConfig;
import io.dislog.commit.StateBudget;
import io.dislog.commit.StorageWatch;
import io.dislog.http.config.Exposure;
import io.dislog.http.config.Limits;
import io.dislog.http.config.ServerDefaults;
import io.dislog.http.config.ServiceConfig;
import io.dislog.http.exchange.OpenRequests;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** This process from its start to its stop; safe for use by many threads. */
@Singleton
public final class Service {

  private static final Logger LOG = Logger.getLogger(Service.class);

  /** How long a stop waits for the requests that are under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(8);

  private final NodeFactory nodes;
  private final ServiceConfig config;
  private final Limits limits;
  private final NodeIdentity identity;
  private final NodeProof proof;
  private final CommitMeters meters;
  private final OpenRequests requests;
  private volatile @Nullable Node node;
  private volatile boolean leaving;

  @Inject
  Service(
      NodeFactory nodes,
      ServiceConfig config,
      Limits limits,
      NodeIdentity identity,
      NodeProof proof,
      CommitMeters meters,
      OpenRequests requests) {
    this.nodes = nodes;
    this.config = config;
    this.limits = limits;
    this.identity = identity;
    this.proof = proof;
    this.meters = meters;
    this.requests = requests;
  }

  /** The logs begin to be recovered; what is asked for meanwhile is refused as not ready. */
  void start(@Observes StartupEvent event, Exposure exposure) {
    Optional<RaftConfig> raft = Replication.of(config);
    raft.ifPresent(replicated -> NodesAlone.check(replicated, exposure.host(), proof));
    Path directory = real(Path.of(config.dataDir()).toAbsolutePath().normalize());
    Node.Setup setup =
        new Node.Setup(
            directory,
            ServerDefaults.of(config),
            limits.reserveBytes(),
            limits.retentionInterval(),
            new StateBudget(limits.producers(), limits.state()),
            new NodeTrust(identity.credential(), proof, identity.tls()));
    node = begin(setup, raft);
    meters.observe(this);
    cluster().ifPresent(cluster -> meters.observe(cluster, raft.orElseThrow().shards()));
  }

  /** The data directory itself may be a link; nothing in it may. */
  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory; // It is about to be created.
    }
  }

  private Node begin(Node.Setup setup, Optional<RaftConfig> raft) {
    try {
      return raft.isPresent()
          ? nodes.amongOthers(setup, raft.get(), meters)
          : nodes.alone(setup, meters);
    } catch (IOException e) {
      // What the framework tells in one line, instead of showing where in the code it happened.
      throw new ConfigurationException(
          "the data directory can't be used: " + said(e), Set.of("dislog.data-dir"));
    }
  }

  /** An exception of the file system has a message that is only a file's name. */
  private static String said(IOException e) {
    String message = e.getMessage();
    return message == null || e instanceof FileSystemException ? e.toString() : message;
  }

  /**
   * No request is taken any more, those that are under way end. Before that the others lead what
   * this node led, for what they send on to it would be refused from now on.
   *
   * <p>Here, because at the event below the framework has closed the connections already. A delay
   * is not what this is about, and there is none.
   */
  void endRequests(@Observes ShutdownDelayInitiatedEvent event) {
    endRequests();
  }

  private void endRequests() {
    leaving = true;
    Node running = node;
    if (running != null) {
      running.handOver();
    }
    try {
      if (!requests.stop(PATIENCE)) {
        LOG.warnf("%d requests were still under way at the stop", requests.open());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The logs are forced and closed. */
  void stop(@Observes ShutdownEvent event) throws IOException {
    if (!requests.stopping()) {
      endRequests();
    }
    Node running = node;
    if (running != null) {
      running.close();
    }
  }

  /**
   * What commits.
   *
   * @throws Rejection.NotReady while the logs are recovered
   */
  public Commit commit() {
    return node().commit();
  }

  /**
   * What this process is.
   *
   * @throws Rejection.NotReady before that is chosen
   */
  public Node node() {
    Node running = node;
    if (running == null) {
      throw new Rejection.NotReady("the service is starting");
    }
    return running;
  }

  /** The nodes of which this is one; empty where it is alone, and before it began. */
  public Optional<Cluster> cluster() {
    Node running = node;
    return running == null ? Optional.empty() : running.cluster();
  }

  /** Whether this node serves reads and takes any request, and what is wrong. */
  public Node.Health health() {
    Node running = node;
    return running == null
        ? new Node.Health(false, "the service is starting")
        : leaving || requests.stopping()
            ? new Node.Health(false, "the service is stopping")
            : running.health();
  }

  /** Whether the logs have been recovered. */
  public boolean isStarted() {
    try {
      commit();
      return true;
    } catch (Rejection.NotReady e) {
      return false;
    }
  }

  /** How full the volume is; empty before this process has taken its data directory. */
  public Optional<StorageWatch> storage() {
    return Optional.ofNullable(node).map(Node::storage);
  }

  /** Bytes that retention would have deleted, were they not held. */
  long heldBackBytes() {
    Node running = node;
    return running == null ? 0 : running.maintenance().heldBackBytes();
  }
}
