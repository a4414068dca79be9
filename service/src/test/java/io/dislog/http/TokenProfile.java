package io.dislog.http;

import io.dislog.kit.FreePort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The service with rules for those who come with tokens of two issuers, which tests start. */
public final class TokenProfile extends SmallProfile {

  static final String RULES =
      """
      rules:
        - {who: ["oidc:corp:sub:root"], may: [admin]}
        - {who: ["oidc:corp:sub:jane"], may: [read], logs: ["till-*", "stream:till/*"]}
        - {who: ["oidc:corp:group:ops"], may: [append], logs: ["till-*"]}
        - {who: ["system:serviceaccount:shop:till"], may: [append], logs: ["till-*"]}
        - {who: ["system:serviceaccounts:shop"], may: [read], logs: ["till-*"]}
      """;

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(super.getConfigOverrides());
    Path folder = Path.of(DefaultProfile.newDirectory());
    String rules = folder.resolve("rules.yaml").toString();
    AccessProfile.write(rules, RULES);
    settings.put("dislog.auth.rules-file", rules);
    settings.put("dislog.auth.issuers", "corp, kubernetes");
    settings.put("dislog.auth.issuer.corp.url", "http://127.0.0.1:" + FreePort.next());
    settings.put("dislog.auth.issuer.corp.audience", "logs.corp");
    settings.put("dislog.auth.issuer.kubernetes.url", "http://127.0.0.1:" + FreePort.next());
    settings.put("dislog.auth.issuer.kubernetes.token-file", folder.resolve("token").toString());
    return settings;
  }
}
