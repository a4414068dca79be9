package io.dislog.http.server;

import io.dislog.access.tls.TlsFiles;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has files of TLS read again when they change, and says so. Safe for use by many threads. */
@Singleton
public final class TlsWatch {

  private static final Logger LOG = Logger.getLogger(TlsWatch.class);
  private static final long LOOK_MILLIS = 5_000;

  private final Map<String, TlsFiles> files = new TreeMap<>();

  @Inject
  TlsWatch(NodeIdentity identity) {
    identity.tls().ifPresent(tls -> files.put("dislog.tls.nodes", tls.files()));
  }

  void begin(@Observes StartupEvent event, Vertx vertx) {
    if (!files.isEmpty()) {
      vertx.setPeriodic(LOOK_MILLIS, time -> vertx.executeBlocking(this::look));
    }
  }

  private @Nullable Void look() {
    files.forEach(TlsWatch::look);
    return null;
  }

  private static void look(String setting, TlsFiles files) {
    if (!files.look()) {
      return;
    }
    String flaw = files.flaw();
    if (flaw == null) {
      LOG.infof("%s was read again: %s", setting, said(files));
    } else {
      LOG.errorf("%s can't be used, and what was read before stays: %s", setting, flaw);
    }
  }

  private static String said(TlsFiles files) {
    return "the certificate of %s holds until %s"
        .formatted(files.leaf().getSubjectX500Principal(), files.leaf().getNotAfter().toInstant());
  }
}
