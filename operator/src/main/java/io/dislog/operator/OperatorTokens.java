package io.dislog.operator;

import io.dislog.operator.crd.DislogCluster;
import io.dislog.operator.node.Credential;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the operator's own ServiceAccount, each for the nodes of one cluster: what one cluster
 * is shown lets nobody into another one. Blocks where there is none yet; safe for use by many
 * threads.
 */
@Singleton
final class OperatorTokens implements Credential {

  private static final Logger LOG = Logger.getLogger(OperatorTokens.class);
  private static final Path OWN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final Duration LIFE = Duration.ofMinutes(10);

  /** Of a token's life, after which there is a new one. */
  private static final Duration USE = LIFE.dividedBy(2);

  /** Where there is no new one, the API server is not asked again for so long. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final @Nullable OwnAccount account;
  private final InstantSource clock;
  private final Map<String, Made> made = new ConcurrentHashMap<>();

  @Inject
  OperatorTokens(KubernetesClient client) {
    this(client, OwnAccount.of(OWN), InstantSource.system());
  }

  OperatorTokens(KubernetesClient client, @Nullable OwnAccount account, InstantSource clock) {
    this.client = client;
    this.account = account;
    this.clock = clock;
  }

  /**
   * @param token that was made last, or null where none ever was
   * @param end until when nodes take it
   * @param renewal from when on there is to be another one
   */
  private record Made(@Nullable String token, Instant end, Instant renewal) {}

  @Override
  public @Nullable String account() {
    return account == null ? null : account.name();
  }

  @Override
  public @Nullable String token(DislogCluster cluster) {
    OwnAccount own = account;
    if (own == null) {
      return null;
    }
    String name = cluster.getMetadata().getNamespace() + "/" + cluster.getMetadata().getName();
    Instant now = clock.instant();
    Made last = made.get(name);
    if (last == null || !now.isBefore(last.renewal())) {
      made.values().removeIf(one -> one.end().isBefore(now) && one.renewal().isBefore(now));
      last = made.compute(name, (of, there) -> renewed(own, of, there, now));
    }
    return last.token();
  }

  private Made renewed(OwnAccount own, String cluster, @Nullable Made last, Instant now) {
    if (last != null && now.isBefore(last.renewal())) {
      return last; // Another thread was quicker.
    }
    try {
      String token = make(own, cluster).getStatus().getToken();
      return new Made(token, now.plus(LIFE), now.plus(USE));
    } catch (KubernetesClientException e) {
      LOG.warnf("There is no new token for the nodes of %s: %s", cluster, e.getMessage());
      // The last one holds a while longer.
      return last == null
          ? new Made(null, now, now.plus(PAUSE))
          : new Made(last.token(), last.end(), now.plus(PAUSE));
    }
  }

  private TokenRequest make(OwnAccount own, String cluster) {
    TokenRequest request =
        new TokenRequestBuilder()
            .withNewSpec()
            .withAudiences("dislog-operator:" + cluster)
            .withExpirationSeconds(LIFE.toSeconds())
            .endSpec()
            .build();
    return client
        .serviceAccounts()
        .inNamespace(own.namespace())
        .withName(own.account())
        .tokenRequest(request);
  }
}
