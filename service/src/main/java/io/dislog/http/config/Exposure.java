package io.dislog.http.config;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who can reach the API at all, by where it listens and where the service runs. Immutable. */
@Singleton
public final class Exposure {

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\..*|::1|\\[::1]");

  private final String host;
  private final boolean isLoopbackTrusted;

  @Inject
  Exposure(
      ServiceConfig config,
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "kubernetes.service.host") Optional<String> apiServer) {
    this.host = host;
    this.isLoopbackTrusted = config.auth().loopbackAdmin() && apiServer.isEmpty();
  }

  /** Where the API listens. */
  public String host() {
    return host;
  }

  /** Whether nobody can ask who is not on this machine. */
  public boolean isLoopbackAlone() {
    return LOOPBACK.matcher(host).matches();
  }

  /** Whether whoever is on this machine may be the one who started the service. */
  public boolean isLoopbackTrusted() {
    return isLoopbackTrusted;
  }
}
