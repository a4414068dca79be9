package io.dislog.operator;

import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Has one operator of several work at a time, by a lease in the operator's own namespace. Two that
 * worked for a moment, one having lost the lease without knowing, would do no harm: what they do
 * may be done twice. Stateless.
 */
@Singleton
final class Leadership {

  private static final String LEASE = "dislog-operator";

  @Produces
  @Singleton
  LeaderElectionConfiguration election(Release release) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withIdentity(release.instance())
        .build();
  }
}
