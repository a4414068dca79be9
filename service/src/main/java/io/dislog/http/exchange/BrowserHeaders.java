package io.dislog.http.exchange;

import io.dislog.http.notation.MediaType;
import io.vertx.core.MultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keeps browsers from taking bytes that somebody appended for a page or a script of this
 * service, whatever their content type says, and caches from keeping what nobody let them keep.
 */
final class BrowserHeaders {

  /** Types that browsers run, or show with what runs within them. */
  private static final Set<String> ACTIVE =
      Set.of(
          "text/html",
          "text/xml",
          "application/xml",
          "text/javascript",
          "text/ecmascript",
          "application/javascript",
          "application/ecmascript",
          "application/x-javascript",
          "text/css",
          "application/pdf");

  private BrowserHeaders() {}

  /**
   * Adds them to the headers of an answer, which has its content type already.
   *
   * @param crossOrigin whether a page of another origin may read it
   */
  static void add(MultiMap headers, boolean crossOrigin) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", crossOrigin ? "cross-origin" : "same-origin");
    headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
    if (!headers.contains("Cache-Control")) {
      headers.set("Cache-Control", "no-store");
    }
    if (isActive(headers.get("Content-Type"))) {
      headers.set("Content-Disposition", "attachment");
    }
  }

  /** Every XML, that of XHTML and SVG too, may have scripts in it. */
  private static boolean isActive(@Nullable String contentType) {
    String name = contentType == null ? "" : MediaType.nameAlone(contentType);
    return ACTIVE.contains(name) || name.endsWith("+xml");
  }
}
