package io.dislog.http.server;

import io.dislog.access.tls.NodeTls;
import io.dislog.access.tls.TlsException;
import io.dislog.access.tls.TlsFiles;
import io.dislog.http.config.TlsConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** What the service's properties say of TLS among nodes. Stateless. */
final class NodeTlsSettings {

  private static final String PREFIX = "dislog.tls.nodes";

  private NodeTlsSettings() {}

  /** Empty where there is none. */
  static Optional<NodeTls> of(TlsConfig.Nodes nodes) {
    if (nodes.certificate().isEmpty() && nodes.key().isEmpty() && nodes.ca().isEmpty()) {
      return Optional.empty();
    }
    Path certificate = path("certificate", nodes.certificate());
    Path key = path("key", nodes.key());
    Path authority = path("ca", nodes.ca());
    try {
      return Optional.of(
          new NodeTls(new TlsFiles(certificate, key, Optional.of(authority)), nodes.optional()));
    } catch (TlsException e) {
      throw new ConfigurationException(
          "%s can't be used: %s".formatted(PREFIX, e.getMessage()), Set.of(PREFIX));
    }
  }

  private static Path path(String name, Optional<String> file) {
    String setting = PREFIX + "." + name;
    return Path.of(
        file.orElseThrow(() ->
            new ConfigurationException(
                "%s is missing: %s.certificate, .key and .ca go together"
                    .formatted(setting, PREFIX),
                Set.of(setting))));
  }
}
