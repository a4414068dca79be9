package io.dislog.operator.objects;

import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.crd.IssuerSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;

/** The certificates by which nodes know issuers of tokens, each from its ConfigMap. Stateless. */
final class IssuerCertificates {

  private static final String FOLDER = "/etc/dislog-issuers";
  private static final String KEY = "ca.crt";

  private IssuerCertificates() {}

  static String path(IssuerSpec issuer) {
    return "%s/%s/%s".formatted(FOLDER, issuer.name(), KEY);
  }

  static List<Volume> volumes(DislogCluster cluster) {
    return known(cluster).stream()
        .map(issuer ->
            new VolumeBuilder()
                .withName(volume(issuer))
                .withNewConfigMap()
                .withName(issuer.caConfigMap())
                .endConfigMap()
                .build())
        .toList();
  }

  static List<VolumeMount> mounts(DislogCluster cluster) {
    return known(cluster).stream()
        .map(issuer ->
            new VolumeMountBuilder()
                .withName(volume(issuer))
                .withMountPath(FOLDER + "/" + issuer.name())
                .withReadOnly(true)
                .build())
        .toList();
  }

  private static List<IssuerSpec> known(DislogCluster cluster) {
    AuthSpec auth = cluster.getSpec().auth();
    List<IssuerSpec> issuers = auth == null ? null : auth.issuers();
    return issuers == null
        ? List.of()
        : issuers.stream().filter(issuer -> issuer.caConfigMap() != null).toList();
  }

  private static String volume(IssuerSpec issuer) {
    return "issuer-" + issuer.name();
  }
}
