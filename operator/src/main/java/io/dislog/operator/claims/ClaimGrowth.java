package io.dislog.operator.claims;

import io.dislog.operator.objects.Defaults;
import io.dislog.operator.observation.Observation;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Has claims grow that are smaller than the resource says. Never makes one smaller, and none anew.
 *
 * @param growing what is still to come, for people
 * @param refused what won't come about before somebody does something, for people
 */
public record ClaimGrowth(List<String> growing, List<String> refused) {

  private static final String STORAGE = "storage";
  private static final int FORBIDDEN = 403;
  private static final int INVALID = 422;

  public static final ClaimGrowth NONE = new ClaimGrowth(List.of(), List.of());

  /** Asks for what was not asked for yet, and says how it is with all of it. */
  public static ClaimGrowth of(Observation seen, KubernetesClient client) {
    Quantity wanted = new Quantity(Defaults.size(seen.cluster()));
    List<String> growing = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (PersistentVolumeClaim claim : seen.claims().values()) {
      if (claim.getMetadata().getDeletionTimestamp() != null) {
        continue;
      }
      Optional<String> refusal =
          isSmaller(requested(claim), wanted) ? ask(claim, wanted, client) : failure(claim);
      refusal.ifPresent(refused::add);
      if (refusal.isEmpty() && isSmaller(capacity(claim), wanted)) {
        growing.add(
            "%s grows from %s to %s"
                .formatted(claim.getMetadata().getName(), capacity(claim), wanted));
      }
    }
    return new ClaimGrowth(growing, refused);
  }

  /**
   * Asks for more. Whether the class allows it is not looked up beforehand, which would take rights
   * over the whole of Kubernetes: the API server refuses, and says why.
   */
  private static Optional<String> ask(
      PersistentVolumeClaim claim, Quantity wanted, KubernetesClient client) {
    try {
      client
          .resource(claim)
          .edit(now ->
              new PersistentVolumeClaimBuilder(now)
                  .editSpec()
                  .editResources()
                  .addToRequests(STORAGE, wanted)
                  .endResources()
                  .endSpec()
                  .build());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN && e.getCode() != INVALID) {
        throw e;
      }
      String said = e.getStatus() == null ? e.getMessage() : e.getStatus().getMessage();
      return Optional.of(
          "%s stays at %s: %s. Have its storage class allow expansion, or move the data to a new cluster"
              .formatted(claim.getMetadata().getName(), capacity(claim), said));
    }
  }

  /** What whoever grows the volume complains of. */
  private static Optional<String> failure(PersistentVolumeClaim claim) {
    if (claim.getStatus() == null) {
      return Optional.empty();
    }
    Map<String, String> resizes = claim.getStatus().getAllocatedResourceStatuses();
    boolean infeasible =
        resizes != null && resizes.getOrDefault(STORAGE, "").endsWith("ResizeInfeasible");
    Optional<String> error =
        claim.getStatus().getConditions().stream()
            .filter(condition -> condition.getType().endsWith("ResizeError"))
            .filter(condition -> "True".equals(condition.getStatus()))
            .map(PersistentVolumeClaimCondition::getMessage)
            .findFirst();
    return error
        .or(() -> infeasible ? Optional.of("its storage can't grow that far") : Optional.empty())
        .map(why ->
            "%s stays at %s: %s".formatted(claim.getMetadata().getName(), capacity(claim), why));
  }

  private static Quantity requested(PersistentVolumeClaim claim) {
    return claim.getSpec().getResources().getRequests().getOrDefault(STORAGE, new Quantity("0"));
  }

  /** What there is; before the claim is bound, what was asked for. */
  private static Quantity capacity(PersistentVolumeClaim claim) {
    Map<String, Quantity> capacity =
        claim.getStatus() == null ? null : claim.getStatus().getCapacity();
    Quantity storage = capacity == null ? null : capacity.get(STORAGE);
    return storage == null ? requested(claim) : storage;
  }

  private static boolean isSmaller(Quantity one, Quantity other) {
    return one.getNumericalAmount().compareTo(other.getNumericalAmount()) < 0;
  }
}
