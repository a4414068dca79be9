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
    Problem flaw = flaw(path);
    Route route = path.route();
    if (flaw != null) {
      return flaw;
    }
    if (route == null) {
      return notFound(path);
    }
    if (method.equals("OPTIONS")) {
      return null;
    }
    if (!route.takes(method)) {
      return Problem.of(
              ProblemType.METHOD_NOT_ALLOWED, Text.safe(method) + " does not apply at " + path)
          .withHeader("Allow", route.allowed());
    }
    if (route.isOfAnotherProtocol()) {
      return null;
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
    String stream = path.streamPath();
    if (stream != null) {
      return streamFlaw(path, stream);
    }
    String log = path.logName();
    if (log != null && !Names.isValid(log)) {
      return Name.invalidLog(log);
    }
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
      return Problem.of(ProblemType.BAD_REQUEST, "the path is not percent-encoded UTF-8");
    }
    return path.isPlain() ? null : notFound(path);
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
