package io.dislog.operator.crd;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** Some nodes that are one Dislog. For one thread at a time. */
@Group("dislog.io")
@Version("v1alpha1")
@Kind("DislogCluster")
@Plural("dislogclusters")
@ShortNames("dlc")
@Categories("dislog")
@AdditionalPrinterColumn(
    name = "REPLICAS",
    jsonPath = ".spec.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.readyReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "STORAGE", jsonPath = ".spec.storage.size")
@AdditionalPrinterColumn(name = "USED", jsonPath = ".status.storage.used")
@AdditionalPrinterColumn(name = "RETENTION", jsonPath = ".spec.retention.maxAge")
@AdditionalPrinterColumn(name = "VERSION", jsonPath = ".status.version")
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
    value = "self.metadata.name.matches('^[a-z]([-a-z0-9]{0,38}[a-z0-9])?$')",
    message =
        "metadata.name is part of the names of Services and pods: 1 to 40 lower-case letters, digits"
            + " and '-', beginning with a letter and not ending with '-'")
public final class DislogCluster extends CustomResource<DislogClusterSpec, DislogClusterStatus>
    implements Namespaced {

  private static final long serialVersionUID = 1;

  @Override
  protected @Nullable DislogClusterSpec initSpec() {
    return null;
  }

  @Override
  protected @Nullable DislogClusterStatus initStatus() {
    return null;
  }
}
