package io.dislog.http.exchange;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;

/**
 * The part of a client's address that the client can't choose freely: of IPv6, the first 64 bits.
 */
public final class Address {

  private static final int NETWORK_GROUPS = 4;

  private Address() {}

  public static String of(HttpServerRequest request) {
    SocketAddress remote = request.connection().remoteAddress();
    String address = remote == null ? null : remote.hostAddress();
    return address == null ? "" : network(address);
  }

  /** The first 64 bits of an address with colons; one without as it is. */
  public static String network(String address) {
    String[] groups = address.split(":", -1);
    return String.join(":", Arrays.copyOf(groups, Math.min(NETWORK_GROUPS, groups.length)));
  }
}
