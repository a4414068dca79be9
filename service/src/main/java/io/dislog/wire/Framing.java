package io.dislog.wire;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a request's headers leave no doubt of where it ends and for whom it is (RFC 9112, 3.2 and
 * 6): what one reader takes for a body, another could take for a request.
 */
final class Framing {

  private static final String CHUNKED = "chunked";

  private Framing() {}

  static void check(HttpRequest request) throws Flawed {
    if (request.decoderResult().isFailure()) {
      throw Flawed.malformed(
          request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
              ? "the header Content-Length is not one number"
              : "the request line or a header can't be read");
    }
    boolean isOld = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    HttpHeaders headers = request.headers();
    checkHost(headers.getAll(HttpHeaderNames.HOST), isOld);
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()) {
      checkCodings(codings);
      if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
        throw Flawed.malformed("Content-Length and Transfer-Encoding exclude each other");
      }
      if (isOld) {
        throw Flawed.malformed("HTTP/1.0 has no Transfer-Encoding");
      }
    }
  }

  private static void checkHost(List<String> hosts, boolean isOld) throws Flawed {
    if (hosts.size() > 1) {
      throw Flawed.malformed("the header Host appears more than once");
    }
    if (hosts.isEmpty() && !isOld) {
      throw Flawed.malformed("the header Host is missing");
    }
    if (!hosts.isEmpty() && !Tokens.isHost(hosts.getFirst().strip())) {
      throw Flawed.malformed("the header Host names no host");
    }
  }

  private static void checkCodings(List<String> headers) throws Flawed {
    List<String> codings = new ArrayList<>();
    for (String coding : String.join(",", headers).split(",", -1)) {
      codings.add(coding.strip().toLowerCase(Locale.ROOT));
    }
    int chunked = codings.indexOf(CHUNKED);
    if (chunked >= 0 && chunked < codings.size() - 1) {
      throw Flawed.malformed("chunked is not the last transfer coding");
    }
    if (codings.size() > 1 || chunked < 0) {
      throw new Flawed(Flaw.UNKNOWN_CODING, "no transfer coding but chunked is taken");
    }
  }
}
