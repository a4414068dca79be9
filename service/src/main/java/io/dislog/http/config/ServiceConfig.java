package io.dislog.http.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** The service's own properties; sizes and durations are written as in the API. */
@ConfigMapping(prefix = "dislog")
public interface ServiceConfig {

  /** Where the logs live. */
  @WithDefault("data")
  String dataDir();

  Logs logs();

  Append append();

  Producers producers();

  State state();

  Consumers consumers();

  Segments segments();

  Segment segment();

  Retention retention();

  Storage storage();

  /** What an append has reached when it is answered: fsync or buffered. */
  @WithDefault("fsync")
  String durability();

  /** The largest value of a record. */
  @WithDefault("1Mi")
  String maxRecordBytes();

  /** Whether logs are replicated: off or raft. */
  @WithDefault("off")
  String replication();

  Raft raft();

  /** This node among its peers; looked at only where replication is on. */
  interface Raft {

    /** What this node is called. */
    @WithDefault("dislog-0")
    String nodeId();

    /** The first members, as id=host:raftPort:httpPort by commas. */
    Optional<String> peers();

    /** Where this node listens for the others. */
    @WithDefault("9700")
    String port();

    /** Groups of logs, each with a leader of its own. */
    @WithDefault("8")
    String shards();

    /** Whether first members that have nothing begin a cluster: not where there was one. */
    @WithDefault("true")
    boolean mayBegin();

    /** Which node begins which cluster anew from what it has, as NODE:UUID. */
    Optional<String> beginAnew();
  }

  /** Logs as a whole. */
  interface Logs {

    /** Whether an append to an unknown log creates it. */
    @WithDefault("false")
    boolean autoCreate();

    /** The service has so many logs. */
    @WithDefault("10000")
    String max();
  }

  /** What appends may take. */
  interface Append {

    /** The largest body, of whatever request. */
    @WithDefault("32Mi")
    String maxBytes();

    /** What bodies may hold together until their answer: 64Mi, or a quarter of a smaller heap. */
    Optional<String> maxInFlightBytes();
  }

  Auth auth();

  /** Who may do what. */
  interface Auth {

    /** A file of rules; without it everybody may do everything to every log. */
    Optional<String> rulesFile();

    /** A file of named tokens, each by its SHA-256. */
    Optional<String> tokensFile();

    /**
     * Whether requests from this machine may change the service as a whole where there are no
     * rules. Images say no.
     */
    @WithDefault("true")
    boolean loopbackAdmin();

    /** The ServiceAccount of the cluster's operator, as system:serviceaccount:NAMESPACE:NAME. */
    Optional<String> operator();

    /** Whose signed tokens are taken, by names and commas. */
    Optional<String> issuers();

    /** Each of them, by its name. */
    Map<String, Issuer> issuer();

    /** An issuer of signed tokens. */
    interface Issuer {

      /** Where it is. */
      Optional<String> url();

      /** For whom its tokens are made that are for this service. */
      Optional<String> audience();

      /** A file of certificates in PEM that have signed its certificate. */
      Optional<String> ca();

      /** A file of the token that is shown to the API server of Kubernetes. */
      Optional<String> tokenFile();
    }
  }

  Nodes nodes();

  /** The nodes of a cluster among themselves. */
  interface Nodes {

    /** A file with the secret by which they know each other, the same on each of them. */
    Optional<String> secretFile();

    /** A file of the token that Kubernetes gives to this node's pod for nodes of its cluster. */
    Optional<String> tokenFile();
  }

  TlsConfig tls();

  Audit audit();

  /** What is written of who did what. */
  interface Audit {

    /** What changes the service as a whole, and what is refused: admin; or all requests: all. */
    @WithDefault("admin")
    String log();

    /** Whether it is written in JSON. */
    @WithDefault("false")
    boolean json();
  }

  Http http();

  /** Clients that are there at the same time. */
  interface Http {

    /** Connections to the API: by the file descriptors and the memory that there are. */
    Optional<String> maxConnections();

    /** Event streams and reads that wait for records: by connections and the memory there is. */
    Optional<String> maxWaitingReads();

    /** Names by commas, or *. and what they end with, by which this service is called. */
    Optional<String> allowedHosts();

    /** Origins whose pages may ask this service, by commas; * is all of them. */
    Optional<String> allowedOrigins();
  }

  Stream stream();

  /** Live reads of Durable Streams. */
  interface Stream {

    /** A long-poll waits so long for records. */
    @WithDefault("20s")
    String longPollTimeout();

    /** A stream of events ends after so long, and its reader comes again. */
    @WithDefault("60s")
    String sseLifetime();
  }

  /** What a log remembers of idempotent producers. */
  interface Producers {

    /** A producer is forgotten that has sent nothing for so long. */
    @WithDefault("7d")
    String expiry();

    /** A log remembers so many. */
    @WithDefault("10000")
    String maxPerLog();
  }

  /** All that logs keep beside their records. */
  interface State {

    /** What it may take of the memory, by estimate: a quarter of the heap. */
    Optional<String> maxBytes();
  }

  /** Consumers as a whole. */
  interface Consumers {

    /** A log has so many. */
    @WithDefault("1000")
    String maxPerLog();
  }

  /** Segments as a whole. */
  interface Segments {

    /** A log has so many. */
    @WithDefault("20000")
    String maxPerLog();
  }

  /** Defaults for when segments are sealed. */
  interface Segment {

    @WithDefault("256Mi")
    String maxBytes();

    @WithDefault("none")
    String maxAge();
  }

  /** Defaults for what is kept, and how often retention looks. */
  interface Retention {

    @WithDefault("7d")
    String maxAge();

    @WithDefault("none")
    String maxBytes();

    @WithDefault("false")
    boolean deleteProcessed();

    @WithDefault("false")
    boolean deleteArchived();

    @WithDefault("false")
    boolean holdUnprocessed();

    @WithDefault("false")
    boolean holdUnarchived();

    @WithDefault("30s")
    String interval();
  }

  /** The disk. */
  interface Storage {

    /** Free bytes under which appends are refused. */
    @WithDefault("64Mi")
    String reserve();
  }
}
