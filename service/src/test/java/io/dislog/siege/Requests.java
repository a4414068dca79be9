package io.dislog.siege;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Requests as the bytes that they are. */
final class Requests {

  private Requests() {}

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static byte[] get(String path, String... headers) {
    return bytes(head("GET", path, headers) + "\r\n");
  }

  static byte[] with(String method, String path, String body, String... headers) {
    return bytes(
        head(method, path, headers) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  static byte[] putJson(String path, String json) {
    return with("PUT", path, json, "Content-Type: application/json");
  }

  /** A request's first lines, to which more headers can be added. */
  static String head(String method, String path, String... headers) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.toString();
  }
}
