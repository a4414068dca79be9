package io.dislog.kit.training;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Uses nodes as clients do. Whether answers are right is for the tests to say; a refused request
 * trains nothing, though, and is remembered. For one thread.
 */
final class Client {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> refused = new ArrayList<>();

  /** The requests that were refused. */
  List<String> refused() {
    return refused;
  }

  void create(String api, String log) throws IOException, InterruptedException {
    String settings = "{\"segment\":{\"maxBytes\":\"64Ki\"}}";
    send("PUT", api + "/logs/" + log, "application/json", settings);
  }

  void append(String api, String log) throws IOException, InterruptedException {
    String records = api + "/logs/" + log + "/records";
    send("POST", records, "application/octet-stream", "one record");
    send("POST", records, "application/x-ndjson", "{\"n\":1}\n{\"n\":2}\n");
    String json = "{\"records\":[{\"value\":\"text\",\"key\":\"k\",\"headers\":{\"a\":\"b\"}}]}";
    send("POST", records, "application/vnd.dislog.batch+json", json);
    send("POST", records, "application/vnd.dislog.batch", "\0\0\0\3\0ab");
  }

  void read(String api, String log, int offset) throws IOException, InterruptedException {
    String records = api + "/logs/" + log + "/records";
    send("GET", records + "/" + offset, "", "");
    for (String format : new String[] {"json", "x-ndjson", "vnd.dislog.batch"}) {
      send("GET", records + "?limit=20&offset=" + offset, "application/" + format, "");
    }
    String position = "{\"offset\":" + offset + "}";
    send("PUT", api + "/logs/" + log + "/consumers/reader", "application/json", position);
  }

  /** What is asked for now and then. */
  void lookAround(String api, String management, String log)
      throws IOException, InterruptedException {
    send("GET", api + "/logs", "", "");
    send("GET", api + "/logs/" + log + "/segments", "", "");
    send("GET", api + "/logs/" + log + "/retention/plan", "", "");
    send("POST", api + "/logs/" + log + "/retention/run", "", "");
    send("DELETE", api + "/logs/" + log + "/records?before=10", "", "");
    for (String page : new String[] {"/health/ready", "/health/live", "/metrics", "/openapi"}) {
      send("GET", management + page, "", "");
    }
  }

  /**
   * @param type the body's Content-Type, or where there is no body what is accepted
   */
  void send(String method, String uri, String type, String body)
      throws IOException, InterruptedException {
    int status = status(method, uri, type, body);
    if (status >= 300) {
      refused.add(method + " " + uri + " " + type + ": " + status);
    }
  }

  private int status(String method, String uri, String type, String body)
      throws IOException, InterruptedException {
    BodyPublisher publisher =
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(uri)).timeout(PATIENCE).method(method, publisher);
    if (!type.isEmpty()) {
      request.header(body.isEmpty() ? "Accept" : "Content-Type", type);
    }
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
