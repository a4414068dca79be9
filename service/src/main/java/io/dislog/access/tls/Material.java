package io.dislog.access.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What files of keys and certificates say. Immutable.
 *
 * @param chain of this end's certificate, itself first
 * @param key its key
 * @param authorities whose certificates are taken of the other end
 */
record Material(List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {

  private static final byte[] PROBE = "dislog".getBytes(StandardCharsets.US_ASCII);

  Material {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  X509Certificate leaf() {
    return chain.getFirst();
  }

  /**
   * Whether the key is the certificate's: files that are replaced one by one do not fit a while.
   */
  boolean fits() {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key, new SecureRandom());
      signing.update(PROBE);
      PublicKey known = leaf().getPublicKey();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(known);
      checking.update(PROBE);
      return checking.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Takes certificates of some authorities; of the JDK's where there are none. */
  static X509ExtendedTrustManager trust(List<X509Certificate> authorities) throws TlsException {
    try {
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(authorities.isEmpty() ? null : store(authorities));
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509ExtendedTrustManager trust) {
          return trust;
        }
      }
      throw new IllegalStateException("every Java has one for X.509");
    } catch (GeneralSecurityException | IOException e) {
      throw new TlsException("certificates of authorities can't be used: " + e.getMessage());
    }
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca" + i, authorities.get(i));
    }
    return store;
  }
}
