package io.dislog.http;

import io.vertx.core.http.HttpConnection;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections on which requests have come; safe for use by many threads. */
@Singleton
final class Connections {

  private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();

  void sawRequestOn(HttpConnection connection) {
    if (open.add(connection)) {
      connection.closeHandler(closed -> open.remove(connection));
    }
  }

  int open() {
    return open.size();
  }
}
