package io.dislog.operator.objects;

import io.dislog.operator.crd.AuthSpec;
import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.BooleanWithUndefined;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/** The service's properties, as a file that every node reads. Used by many threads at once. */
@KubernetesDependent(
    informer = @Informer(labelSelector = Labels.OURS),
    useSSA = BooleanWithUndefined.TRUE)
public class NodesConfigMap extends OwnedObject<ConfigMap> {

  static final String FILE = "application.properties";

  public NodesConfigMap() {
    super(ConfigMap.class);
  }

  @Override
  ConfigMap desired(DislogCluster cluster, Shape shape) {
    ConfigMapBuilder map =
        new ConfigMapBuilder()
            .withMetadata(metadata(cluster, Names.of(cluster)))
            .addToData(FILE, ServiceProperties.of(cluster, shape).text());
    AuthSpec auth = cluster.getSpec().auth();
    return auth == null ? map.build() : map.addToData(RulesFile.NAME, RulesFile.of(auth)).build();
  }
}
