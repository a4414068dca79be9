package io.dislog.operator.objects;

import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.IssuerSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service's properties about who may do what, and how nodes know each other. Stateless. */
final class AccessProperties {

  static final String HOSTS = "dislog.http.allowed-hosts";

  private static final String KUBERNETES = "kubernetes";

  private AccessProperties() {}

  /**
   * What the operator makes of a resource.
   *
   * @param hosts that the resource allows beside the cluster's own
   */
  static Map<String, String> of(
      DislogCluster cluster, Surroundings surroundings, @Nullable String hosts) {
    Map<String, String> properties = new HashMap<>();
    properties.put("dislog.nodes.token-file", NodeTokens.FOR_NODES);
    if (surroundings.operator() != null) {
      properties.put("dislog.auth.operator", surroundings.operator());
    }
    properties.put(HOSTS, hosts(cluster, surroundings, hosts));
    AuthSpec auth = cluster.getSpec().auth();
    List<IssuerSpec> issuers = auth == null ? null : auth.issuers();
    addIssuers(properties, issuers == null ? List.of(new IssuerSpec(KUBERNETES)) : issuers);
    if (auth != null) {
      properties.put("dislog.auth.rules-file", RulesFile.PATH);
    }
    return properties;
  }

  private static void addIssuers(Map<String, String> properties, List<IssuerSpec> issuers) {
    properties.put(
        "dislog.auth.issuers",
        issuers.stream().map(IssuerSpec::name).collect(Collectors.joining(",")));
    for (IssuerSpec issuer : issuers) {
      String prefix = "dislog.auth.issuer.%s.".formatted(issuer.name());
      put(properties, prefix + "url", issuer.url());
      put(properties, prefix + "audience", issuer.audience());
      if (issuer.caConfigMap() != null) {
        properties.put(prefix + "ca", IssuerCertificates.path(issuer));
      }
    }
  }

  private static void put(Map<String, String> properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }

  /** All names by which Kubernetes calls the cluster and its nodes, and those of the resource. */
  private static String hosts(
      DislogCluster cluster, Surroundings surroundings, @Nullable String hosts) {
    String namespace = cluster.getMetadata().getNamespace();
    return Stream.concat(
            Stream.of(Names.of(cluster), "*." + Names.nodes(cluster))
                .map(name -> name + "." + namespace)
                .flatMap(
                    name -> Stream.of(name, name + ".svc", name + ".svc." + surroundings.domain())),
            Stream.ofNullable(hosts))
        .collect(Collectors.joining(","));
  }
}
