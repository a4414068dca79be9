package io.dislog.http.exchange;

import io.dislog.http.notation.RequestPath;
import io.vertx.core.MultiMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an answer says beside its content, whoever writes that. Used by one thread at a time. */
final class AnswerHeaders {

  private final RequestPath path;
  private volatile @Nullable Supplier<LogEnds> ends;
  private volatile boolean local;
  private boolean crossOrigin;

  AnswerHeaders(RequestPath path) {
    this.path = path;
  }

  /** Says where the ends of the log are asked for; null where whoever answers tells them. */
  void about(@Nullable Supplier<LogEnds> known) {
    ends = known;
  }

  void markLocal() {
    local = true;
  }

  boolean isLocal() {
    return local;
  }

  void markCrossOrigin() {
    crossOrigin = true;
  }

  boolean isCrossOrigin() {
    return crossOrigin;
  }

  /** Adds what is missing, once everything else is there. */
  void complete(MultiMap headers, Permission permission) {
    BrowserHeaders.add(headers, crossOrigin);
    BrowserHeaders.limitCaching(headers, permission.isPublic());
    if (path.showsContent()) {
      BrowserHeaders.addToContent(headers);
    }
    if (local) {
      headers.set("Dislog-Consistency", "local");
    }
    Supplier<LogEnds> known = permission.includesEnds() ? ends : null;
    if (known != null) {
      addEnds(headers, known.get());
    }
  }

  private static void addEnds(MultiMap headers, LogEnds told) {
    if (told.closed()) {
      headers.set("Dislog-Closed", "true");
    }
    headers.set("Dislog-Earliest-Offset", Long.toString(told.earliestOffset()));
    headers.set("Dislog-End-Offset", Long.toString(told.endOffset()));
  }
}
