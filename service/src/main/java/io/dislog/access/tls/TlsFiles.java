package io.dislog.access.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A certificate, its key and the authorities of others, in files that are read again when they
 * change: what they say is compared, for folders of Kubernetes change under the same names. Any
 * thread may ask; one at a time looks at the files.
 */
public final class TlsFiles {

  private static final String PROTOCOL = "TLS";

  private final Path certificate;
  private final Path key;
  private final Optional<Path> authorities;
  private final X509ExtendedKeyManager ownKey;
  private String text;
  private volatile Now now;
  private volatile @Nullable String flaw;

  /** All that is made of the files; contexts are new, so that no session of before is resumed. */
  private record Now(Material material, X509ExtendedTrustManager trust, SSLContext context) {}

  /**
   * Reads the files for the first time.
   *
   * @param certificate of this end, and what comes between it and its authority
   * @param authorities of certificates of the other end; where there are none, the JDK's
   */
  public TlsFiles(Path certificate, Path key, Optional<Path> authorities) throws TlsException {
    this.certificate = certificate;
    this.key = key;
    this.authorities = authorities;
    List<String> read = read();
    text = String.join("\0", read);
    now = now(read);
    ownKey = new OwnKey(() -> now.material());
  }

  /**
   * Looks at the files again.
   *
   * @return whether they say something else now, or can or can't be used as against before
   */
  public synchronized boolean look() {
    String before = flaw;
    try {
      List<String> read = read();
      String said = String.join("\0", read);
      if (said.equals(text) && before == null) {
        return false;
      }
      now = now(read);
      text = said;
      flaw = null;
      return true;
    } catch (TlsException e) {
      flaw = String.valueOf(e.getMessage());
      return !flaw.equals(before);
    }
  }

  /** Why the files can't be used as they are now; null where they can. */
  public @Nullable String flaw() {
    return flaw;
  }

  /** For new connections, with what the files say now. */
  public SSLContext context() {
    return now.context();
  }

  /** What this end shows now. */
  public X509Certificate leaf() {
    return now.material().leaf();
  }

  /** The certificates of the own file that follow the leaf. */
  public List<X509Certificate> rest() {
    List<X509Certificate> chain = now.material().chain();
    return chain.subList(1, chain.size());
  }

  /** The authorities of others; empty where they are the JDK's. */
  public List<X509Certificate> authorities() {
    return now.material().authorities();
  }

  /** Shows what the files say when it is asked. */
  public X509ExtendedKeyManager key() {
    return ownKey;
  }

  /** Takes what the files say when it is asked. */
  public X509ExtendedTrustManager trust() {
    return new CurrentTrust(() -> now.trust());
  }

  private List<String> read() throws TlsException {
    List<String> read = new ArrayList<>(List.of(Pem.read(certificate), Pem.read(key)));
    if (authorities.isPresent()) {
      read.add(Pem.read(authorities.get()));
    }
    return read;
  }

  private Now now(List<String> read) throws TlsException {
    Material material =
        new Material(
            in(certificate, Pem::certificates, read.get(0)),
            in(key, Pem::key, read.get(1)),
            authorities.isEmpty()
                ? List.of()
                : in(authorities.get(), Pem::certificates, read.get(2)));
    if (!material.fits()) {
      throw new TlsException("the key in %s is not that of %s".formatted(key, certificate));
    }
    X509ExtendedTrustManager trust = Material.trust(material.authorities());
    return new Now(material, trust, context(material, trust));
  }

  private static SSLContext context(Material material, X509ExtendedTrustManager trust)
      throws TlsException {
    try {
      SSLContext context = SSLContext.getInstance(PROTOCOL);
      context.init(new KeyManager[] {new OwnKey(() -> material)}, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new TlsException("TLS can't be had: " + e.getMessage());
    }
  }

  private static <T> T in(Path file, Reading<T> reading, String text) throws TlsException {
    try {
      return reading.of(text);
    } catch (TlsException e) {
      throw new TlsException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  /** Understands a file's text. */
  private interface Reading<T> {
    T of(String text) throws TlsException;
  }
}
