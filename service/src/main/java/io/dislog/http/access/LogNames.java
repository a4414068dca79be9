package io.dislog.http.access;

import io.dislog.access.LogName;
import io.dislog.command.Rejection;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.StreamName;
import io.dislog.http.server.Service;
import io.dislog.shard.LogView;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Both names of logs, by whichever of them is known. Safe for use by many threads. */
@Singleton
public final class LogNames {

  private final Service service;

  @Inject
  LogNames(Service service) {
    this.service = service;
  }

  /** The log that a path is about, or null where it is about none. */
  @Nullable LogName of(RequestPath path) {
    String name = path.logName();
    String stream = path.streamPath();
    return name == null ? null : new LogName(name, stream != null ? stream : pathOf(name));
  }

  private @Nullable String pathOf(String name) {
    return StreamName.isDigest(name) ? kept(name) : StreamName.pathOf(name);
  }

  /** A name that is a digest does not say of what; the log, where it is there, does. */
  private @Nullable String kept(String name) {
    try {
      return service.commit().log(name).traits().path();
    } catch (Rejection notThere) {
      return null;
    }
  }

  /** A log that is there. */
  public static LogName of(LogView log) {
    String name = log.name();
    return new LogName(
        name, StreamName.isDigest(name) ? log.traits().path() : StreamName.pathOf(name));
  }
}
