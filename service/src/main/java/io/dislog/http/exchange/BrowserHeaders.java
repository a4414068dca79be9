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

  private static final String CACHING = "Cache-Control";

  private BrowserHeaders() {}

  /**
   * Adds what stands on every answer.
   *
   * @param crossOrigin whether a page of another origin may read it
   */
  static void add(MultiMap headers, boolean crossOrigin) {
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cross-Origin-Resource-Policy", crossOrigin ? "cross-origin" : "same-origin");
  }

  /**
   * Adds what stands on answers with what somebody appended, which have a content type already.
   * What a browser has kept of one that it opened must not become a script of a page.
   */
  static void addToContent(MultiMap headers) {
    headers.set("Content-Security-Policy", "sandbox; default-src 'none'");
    if (headers.contains(CACHING)) {
      headers.add("Vary", "Sec-Fetch-Dest");
    } else {
      headers.set(CACHING, "no-store");
    }
    if (isActive(headers.get("Content-Type"))) {
      headers.set("Content-Disposition", "attachment");
    }
  }

  /**
   * Has caches keep for the one who asked, and with the credential that was shown, what not
   * everybody may read.
   */
  static void limitCaching(MultiMap headers, boolean isPublic) {
    String caching = headers.get(CACHING);
    if (isPublic || caching == null || caching.contains("no-store")) {
      return;
    }
    headers.set(CACHING, caching.replaceFirst("^public\\b", "private"));
    headers.set("Vary", "Authorization, Origin");
  }

  /** Every XML, that of XHTML and SVG too, may have scripts in it. */
  private static boolean isActive(@Nullable String contentType) {
    String name = contentType == null ? "" : MediaType.nameAlone(contentType);
    return ACTIVE.contains(name) || name.endsWith("+xml");
  }
}
