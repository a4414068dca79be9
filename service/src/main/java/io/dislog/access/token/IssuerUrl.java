package io.dislog.access.token;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which URLs an issuer can be asked at: what comes over a network unprotected proves nothing. */
public final class IssuerUrl {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\]");

  private IssuerUrl() {}

  /** Whether it is https or, on this machine, http. */
  public static boolean isSafe(URI url) {
    @Nullable String host = url.getHost();
    @Nullable String scheme = url.getScheme();
    if (host == null || scheme == null || url.getUserInfo() != null) {
      return false;
    }
    return scheme.equals("https")
        || (scheme.equals("http") && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
  }
}
