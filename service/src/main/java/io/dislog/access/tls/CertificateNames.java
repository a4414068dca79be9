package io.dislog.access.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The hosts that a certificate is for, by its alternative names alone (RFC 6125). Stateless. */
public final class CertificateNames {

  private static final int DNS = 2;
  private static final int IP = 7;

  private CertificateNames() {}

  /**
   * Whether a certificate is for a host.
   *
   * @param host a name, or an address with or without brackets
   */
  public static boolean cover(X509Certificate certificate, String host) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .anyMatch(name ->
                  name.get(1) instanceof String said && isOf((Integer) name.get(0), said, host));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean isOf(int kind, String said, String host) {
    return switch (kind) {
      case DNS -> isName(lower(said), lower(host));
      case IP -> isAddress(said, host);
      default -> false;
    };
  }

  private static boolean isName(String said, String host) {
    int dot = host.indexOf('.');
    return said.equals(host)
        || (dot > 0 && said.startsWith("*.") && said.substring(1).equals(host.substring(dot)));
  }

  private static boolean isAddress(String said, String host) {
    try {
      return InetAddress.ofLiteral(said)
          .equals(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return false; // It is a name.
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
