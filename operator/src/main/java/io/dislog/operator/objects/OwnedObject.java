package io.dislog.operator.objects;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.dislog.operator.crd.DislogCluster;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;

/**
 * An object of a cluster, which goes with it. Applied where it differs from what it should be, and
 * otherwise left alone. Used by many threads at once. Nothing here nor in what extends it is final:
 * the framework takes these objects by proxies.
 */
abstract class OwnedObject<R extends HasMetadata>
    extends CRUDKubernetesDependentResource<R, DislogCluster> {

  private static final int UNPROCESSABLE = 422;

  OwnedObject(Class<R> type) {
    super(type);
  }

  /** What the object should be. */
  abstract R desired(DislogCluster cluster, Shape shape);

  @Override
  protected R desired(DislogCluster cluster, Context<DislogCluster> context) {
    return desired(cluster, Shape.of(context));
  }

  static ObjectMeta metadata(DislogCluster cluster, String name) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(cluster.getMetadata().getNamespace())
        .withLabels(Labels.of(cluster))
        .build();
  }

  /**
   * Makes the object. One that is there though it was not seen has lost the labels by which it is
   * watched, and is put right if it is the cluster's; another's of that name is not touched.
   */
  @Override
  public R create(R desired, DislogCluster cluster, Context<DislogCluster> context) {
    try {
      return super.create(desired, cluster, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
      // A list of one, for that is a right that watching takes anyway.
      R found =
          context
              .getClient()
              .resources(resourceType())
              .inNamespace(desired.getMetadata().getNamespace())
              .withField("metadata.name", desired.getMetadata().getName())
              .list()
              .getItems()
              .stream()
              .filter(object -> isOwnedBy(cluster, object))
              .findFirst()
              .orElseThrow(() -> new NameTakenException(desired, e));
      desired.getMetadata().setResourceVersion(null);
      return update(found, desired, cluster, context);
    }
  }

  /**
   * Puts the object right. Where somebody changed the key of a list's item, a port's number for
   * one, an apply would leave theirs beside ours, and the API server refuses the two together: then
   * lists are replaced as a whole.
   */
  @Override
  public R update(R actual, R desired, DislogCluster cluster, Context<DislogCluster> context) {
    try {
      return super.update(actual, desired, cluster, context);
    } catch (KubernetesClientException e) {
      if (e.getCode() != UNPROCESSABLE) {
        throw e;
      }
      return context
          .getClient()
          .resource(desired)
          .patch(PatchContext.of(PatchType.JSON_MERGE), desired);
    }
  }

  static boolean isOwnedBy(DislogCluster cluster, HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(cluster.getMetadata().getUid()));
  }
}
