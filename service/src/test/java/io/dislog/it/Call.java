package io.dislog.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request, and its answer in a form in which that of one service can be compared to another's.
 *
 * @param body a character for each byte
 * @param headers names and values in turn
 */
record Call(String method, String path, String body, List<String> headers) {

  static final String MERGE_PATCH = "application/merge-patch+json";

  static Call get(String path, String... headers) {
    return new Call("GET", path, "", List.of(headers));
  }

  static Call of(String method, String path, String body, String... headers) {
    return new Call(method, path, body, List.of(headers));
  }

  static Call patch(String path, String json) {
    return of("PATCH", path, json, "Content-Type", MERGE_PATCH);
  }

  /** Sends it. */
  Answer to(Api api) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        api.request(path)
            .method(
                method,
                body.isEmpty() && !method.equals("POST")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body, ISO_8859_1));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return Answer.of(api.client().send(request.build(), BodyHandlers.ofByteArray()));
  }

  /** All of an answer but its times, and what is made of a log's own id, or of times. */
  static List<String> comparable(Answer answer) {
    List<String> lines = new ArrayList<>();
    lines.add(Integer.toString(answer.status()));
    Map<String, String> headers = new TreeMap<>(answer.headers());
    headers.computeIfPresent("etag", (name, tag) -> "(a tag)");
    headers.forEach((name, value) -> lines.add(name + ": " + withoutTimes(value)));
    boolean isFrames = "application/vnd.dislog.batch".equals(headers.get("content-type"));
    lines.add(
        isFrames
            ? answer.body().length + " bytes"
            : withoutTimes(new String(answer.body(), ISO_8859_1)));
    return lines;
  }

  private static String withoutTimes(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z", "(a time)");
  }

  @Override
  public String toString() {
    return method + " " + path + " " + headers;
  }
}
