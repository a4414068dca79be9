package io.dislog.access.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the certificate that there is now. What it chose last is kept, for a handshake asks twice.
 * Safe for use by many threads.
 */
final class OwnKey extends X509ExtendedKeyManager {

  private final Supplier<Material> current;
  private volatile Shown last;
  private volatile Shown before;

  private record Shown(String alias, Material material) {}

  OwnKey(Supplier<Material> current) {
    this.current = current;
    last = new Shown("0", current.get());
    before = last;
  }

  private synchronized Shown now() {
    Material material = current.get();
    if (!last.material().equals(material)) {
      before = last;
      last = new Shown(Integer.toString(1 + Integer.parseInt(last.alias())), material);
    }
    return last;
  }

  private @Nullable String alias(String... keyTypes) {
    Shown now = now();
    String own = now.material().key().getAlgorithm();
    return Arrays.asList(keyTypes).contains(own) ? now.alias() : null;
  }

  private @Nullable Material of(String alias) {
    Shown now = last;
    Shown earlier = before;
    return now.alias().equals(alias)
        ? now.material()
        : earlier.alias().equals(alias) ? earlier.material() : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    Material material = of(alias);
    return material == null ? null : material.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    Material material = of(alias);
    return material == null ? null : material.key();
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyTypes);
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return alias(keyType);
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return getClientAliases(keyType, issuers);
  }
}
