package io.dislog.http.server;

import io.dislog.api.Digits;
import io.dislog.http.exchange.Name;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.exchange.Query;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import io.dislog.http.notation.Route;
import io.dislog.http.notation.StreamName;
import io.dislog.http.notation.Text;
import io.dislog.shard.Names;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with where a request goes: its path, its method or its parameters. Said in front of
 * everything else that looks at them, so that no two of these differ about it.
 */
public final class Addressing {

  /** It is kept with the log, in each replica's memory. */
  private static final int MAX_STREAM_CHARACTERS = 2048;

  /** What the protocol keeps for itself, and is not served. */
  private static final String RESERVED = "__ds/";

  private Addressing() {}

  /**
   * The refusal of a request that can't be meant for anything.
   *
   * @param method in capitals
   * @param query as it stands in the request line, or null
   * @return null where a route takes it
   */
  public static @Nullable Problem flaw(String method, RequestPath path, @Nullable String query) {
    Problem misplaced = misplaced(method, path);
    return misplaced != null ? misplaced : unfit(method, path, query);
  }

  /** The refusal of a request that is about nothing: no route takes its path or its method. */
  public static @Nullable Problem misplaced(String method, RequestPath path) {
    String stream = path.streamPath();
    String log = path.logName();
    Route route = path.route();
    if (stream != null) {
      Problem flaw = streamFlaw(path, stream);
      if (flaw != null) {
        return flaw;
      }
    } else if (log != null && !Names.isValid(log)) {
      return Name.invalidLog(log);
    }
    if (route == null) {
      return path.isReadable() ? notFound(path) : unreadable();
    }
    return method.equals("OPTIONS") || route.takes(method)
        ? null
        : Problem.of(
                ProblemType.METHOD_NOT_ALLOWED, Text.safe(method) + " does not apply at " + path)
            .withHeader("Allow", route.allowed());
  }

  /** The refusal of a request in whose path or query is something that its route does not take. */
  public static @Nullable Problem unfit(String method, RequestPath path, @Nullable String query) {
    Route route = Objects.requireNonNull(path.route());
    if (route.isOfAnotherProtocol()) {
      return null;
    }
    Problem flaw = flaw(path);
    if (flaw != null || method.equals("OPTIONS")) {
      return flaw;
    }
    try {
      new Query(query).refuseAllBut(route.parameters(method));
      return null;
    } catch (ProblemException e) {
      return e.problem();
    }
  }

  public static Problem notFound(RequestPath path) {
    return Problem.of(ProblemType.NOT_FOUND, "there is nothing at " + Text.safe(path.toString()));
  }

  private static @Nullable Problem flaw(RequestPath path) {
    String consumer = path.parameterOrNull("name");
    if (consumer != null && !Names.isValid(consumer)) {
      return Name.invalidConsumer(consumer);
    }
    String offset = path.parameterOrNull("offset");
    if (offset != null && Digits.parse(offset).isEmpty()) {
      return Problem.of(
          ProblemType.BAD_REQUEST,
          "an offset is a number from 0, not '%s'".formatted(Text.safe(offset)));
    }
    if (!path.isReadable()) {
      return unreadable();
    }
    return path.isPlain() ? null : notFound(path);
  }

  private static Problem unreadable() {
    return Problem.of(ProblemType.BAD_REQUEST, "the path is not percent-encoded UTF-8");
  }

  private static @Nullable Problem streamFlaw(RequestPath path, String stream) {
    if (!path.isReadable() || !StreamName.isPath(stream)) {
      return Problem.of(
          ProblemType.BAD_REQUEST,
          "a stream's path is percent-encoded UTF-8, without empty segments and those of dots");
    }
    if (stream.length() > MAX_STREAM_CHARACTERS) {
      return Problem.of(
          ProblemType.URI_TOO_LONG,
          "a stream's path has at most %d characters".formatted(MAX_STREAM_CHARACTERS));
    }
    return stream.startsWith(RESERVED) ? notFound(path) : null;
  }
}
