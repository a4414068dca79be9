package io.dislog.operator.crd;

/** What the API server lets pass as properties of the service. */
final class Property {

  /** Of a property's value. */
  static final long MAX_LENGTH = 4096;

  /** CEL: whether a map's keys can be properties' names. */
  static final String ARE_NAMES =
      "self.all(key, key.size() <= 256 && key.matches('^[A-Za-z][-A-Za-z0-9._\"]*$'))";

  static final String NAMES_MESSAGE =
      "a property's name begins with a letter and has letters, digits, '.', '-', '_' and '\"' alone;"
          + " profiles such as %prod are not for use here";

  /** CEL: whether none of them is the operator's own. */
  static final String ARE_FREE =
      "self.all(key, !(key in ['dislog.replication', 'dislog.data-dir', 'dislog.retention.interval',"
          + " 'quarkus.http.port', 'quarkus.http.host', 'quarkus.http.root-path',"
          + " 'quarkus.management.enabled', 'quarkus.management.port', 'quarkus.management.host',"
          + " 'quarkus.management.root-path', 'quarkus.config.locations',"
          + " 'smallrye.config.locations']) && !key.startsWith('dislog.raft.'))";

  static final String FREE_MESSAGE =
      "dislog.replication, dislog.data-dir, dislog.raft.*, dislog.retention.interval, the ports,"
          + " hosts and root paths of quarkus.http and quarkus.management, and the places of"
          + " configuration are the operator's: leave them out, and use spec.shards and"
          + " spec.retention.interval";

  /** CEL: whether none of them is about who may do what, encryption or archives. */
  static final String ARE_PLAIN =
      "self.all(key, !key.matches('^(dislog[.](auth|tls|nodes|archive)[.]|quarkus[.](tls|oidc)[.]"
          + "|quarkus[.]http[.](auth[.]|ssl|proxy[.]|insecure-requests$))'))";

  static final String PLAIN_MESSAGE =
      "dislog.auth.*, dislog.tls.*, dislog.nodes.*, dislog.archive.*, quarkus.tls.*, quarkus.oidc.*,"
          + " quarkus.http.auth.*, quarkus.http.ssl*, quarkus.http.proxy.* and"
          + " quarkus.http.insecure-requests are the operator's, whose probes and requests to the nodes"
          + " would fail: leave them out, and use spec.auth";

  private Property() {}
}
