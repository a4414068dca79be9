package io.dislog.http.server;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names that nobody else can own, or that are said to be this service's. Immutable. */
final class HostNames {

  private static final String ANYTHING = "*";
  private static final String OF_THIS_MACHINE = ".localhost";

  /** Which no name ends with that anybody can own: a number, or an address in brackets. */
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|(.*\\.)?(0x[0-9a-f]*|[0-9]+)");

  private final Set<String> names = new HashSet<>();
  private final Set<String> endings = new HashSet<>(Set.of(OF_THIS_MACHINE));

  /**
   * @param allowed names by commas, or an asterisk, a dot and what they end with
   * @param others names beside these
   */
  HostNames(String allowed, Collection<String> others) {
    for (String one : allowed.split(",", -1)) {
      String name = lower(one.strip());
      if (name.startsWith(ANYTHING + ".")) {
        endings.add(name.substring(1));
      } else {
        names.add(name);
      }
    }
    others.forEach(other -> names.add(lower(other)));
  }

  /**
   * Looks by which names a request calls its receiver.
   *
   * @param host with a port or without, or null
   * @param target of the request, which may have a host, too
   * @return the one that is none of these; null where there is none
   */
  @Nullable String foreign(@Nullable String host, String target) {
    String authority = authority(target);
    return isForeign(host) ? host : isForeign(authority) ? authority : null;
  }

  /** The host and port of an absolute target; null where there are none. */
  private static @Nullable String authority(String target) {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return null;
    }
    String rest = target.substring(scheme + "://".length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String authority = rest.substring(0, end);
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private boolean isForeign(@Nullable String hostAndPort) {
    if (hostAndPort == null) {
      return false;
    }
    int colon = hostAndPort.lastIndexOf(':');
    boolean hasPort = colon > hostAndPort.lastIndexOf(']');
    String host = lower(hasPort ? hostAndPort.substring(0, colon) : hostAndPort);
    return host.indexOf('.') >= 0
        && !names.contains(host)
        && endings.stream().noneMatch(host::endsWith)
        && !ADDRESS.matcher(host).matches();
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
