package io.dislog.http.server;

import io.dislog.http.exchange.Problem;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.notation.RequestPath;
import io.dislog.wire.ErrorResponses;
import io.dislog.wire.Flaw;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;

/**
 * Writes the problem document for a message that was refused before it was decoded. Safe for use by
 * many threads.
 */
@Singleton
final class WireProblems implements ErrorResponses {

  private final ProblemMeters problemMeters;

  @Inject
  WireProblems(ProblemMeters problemMeters) {
    this.problemMeters = problemMeters;
  }

  @Override
  public byte[] answer(Flaw flaw, String detail, String path) {
    Problem problem = Problem.of(type(flaw), detail);
    problemMeters.count(problem.type());
    byte[] document = problem.json(RequestPath.of(path));
    StringBuilder head = new StringBuilder(200);
    head.append("HTTP/1.1 ").append(problem.status()).append(' ').append(reason(flaw));
    head.append("\r\nContent-Type: ").append(MediaType.PROBLEM);
    head.append("\r\nContent-Length: ").append(document.length);
    head.append("\r\nX-Content-Type-Options: nosniff");
    head.append("\r\nCross-Origin-Resource-Policy: same-origin");
    problem
        .headers()
        .forEach((name, value) -> head.append("\r\n").append(name).append(": ").append(value));
    head.append("\r\nConnection: close\r\n\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] whole = new byte[first.length + document.length];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(document, 0, whole, first.length, document.length);
    return whole;
  }

  private static ProblemType type(Flaw flaw) {
    return switch (flaw) {
      case MALFORMED -> ProblemType.BAD_REQUEST;
      case UNKNOWN_CODING -> ProblemType.NOT_IMPLEMENTED;
      case LINE_TOO_LONG -> ProblemType.URI_TOO_LONG;
      case HEADERS_TOO_LARGE -> ProblemType.HEADERS_TOO_LARGE;
      case TOO_SLOW -> ProblemType.TOO_SLOW;
      case TOO_BUSY -> ProblemType.TOO_BUSY;
    };
  }

  private static String reason(Flaw flaw) {
    return switch (flaw) {
      case MALFORMED -> "Bad Request";
      case UNKNOWN_CODING -> "Not Implemented";
      case LINE_TOO_LONG -> "URI Too Long";
      case HEADERS_TOO_LARGE -> "Request Header Fields Too Large";
      case TOO_SLOW -> "Request Timeout";
      case TOO_BUSY -> "Too Many Requests";
    };
  }
}
