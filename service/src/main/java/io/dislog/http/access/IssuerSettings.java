package io.dislog.http.access;

import io.dislog.access.token.Issuer;
import io.dislog.access.token.IssuerUrl;
import io.dislog.http.config.ServiceConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the service's properties say of issuers, each value checked. */
final class IssuerSettings {

  private static final String LIST = "dislog.auth.issuers";
  private static final String NAME = "[a-z0-9-]+";

  /** Where Kubernetes puts what a pod needs for its API server. */
  private static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  private static final String SERVER = "https://kubernetes.default.svc";
  private static final String AUDIENCE = "dislog";

  private final ServiceConfig.Auth auth;

  private IssuerSettings(ServiceConfig.Auth auth) {
    this.auth = auth;
  }

  /** Those whose tokens are taken from everybody, by their names. */
  static Set<String> names(ServiceConfig config) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : config.auth().issuers().orElse("").split(",", -1)) {
      if (!name.isBlank() && !names.add(name.strip())) {
        throw refused(LIST, "names '%s' more than once".formatted(name.strip()));
      }
    }
    return names;
  }

  /** Those and, where nodes show tokens of it, Kubernetes. */
  static List<Issuer> of(ServiceConfig config) {
    IssuerSettings settings = new IssuerSettings(config.auth());
    Set<String> names = new LinkedHashSet<>(names(config));
    if (config.nodes().tokenFile().isPresent()) {
      names.add(Issuer.KUBERNETES);
    }
    for (String name : config.auth().issuer().keySet()) {
      if (!names.contains(name)) {
        throw refused(
            "dislog.auth.issuer." + name, "is of an issuer that %s has not".formatted(LIST));
      }
    }
    return names.stream().map(settings::issuer).toList();
  }

  private Issuer issuer(String name) {
    if (!name.matches(NAME)) {
      throw refused(LIST, "has '%s', which is not %s".formatted(name, NAME));
    }
    boolean isKubernetes = name.equals(Issuer.KUBERNETES);
    ServiceConfig.Auth.@Nullable Issuer said = auth.issuer().get(name);
    Optional<String> url = said == null ? Optional.empty() : said.url();
    Optional<String> audience = said == null ? Optional.empty() : said.audience();
    Optional<String> ca = said == null ? Optional.empty() : said.ca();
    Optional<String> token = said == null ? Optional.empty() : said.tokenFile();
    if (token.isPresent() && !isKubernetes) {
      throw refused(setting(name, "token-file"), "is for %s alone".formatted(Issuer.KUBERNETES));
    }
    return new Issuer(
        name,
        url(name, url.or(() -> isKubernetes ? Optional.of(SERVER) : Optional.empty())),
        audience
            .or(() -> isKubernetes ? Optional.of(AUDIENCE) : Optional.empty())
            .orElseThrow(() -> refused(setting(name, "audience"), "is missing")),
        ca.map(Path::of).orElse(isKubernetes ? mounted("ca.crt") : null),
        token.map(Path::of).orElse(isKubernetes ? MOUNT.resolve("token") : null));
  }

  private static @Nullable Path mounted(String file) {
    Path path = MOUNT.resolve(file);
    return Files.exists(path) ? path : null;
  }

  private static URI url(String name, Optional<String> text) {
    String setting = setting(name, "url");
    String said = text.orElseThrow(() -> refused(setting, "is missing"));
    try {
      URI url = URI.create(said);
      if (IssuerUrl.isSafe(url) && url.getQuery() == null && url.getFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // It is told below.
    }
    throw refused(
        setting, "is '%s', which is no https URL; http is for loopback alone".formatted(said));
  }

  private static String setting(String name, String member) {
    return "dislog.auth.issuer.%s.%s".formatted(name, member);
  }

  private static ConfigurationException refused(String setting, String why) {
    return new ConfigurationException(setting + " " + why, Set.of(setting));
  }
}
