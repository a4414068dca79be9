package io.dislog.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client that reads a Durable Stream to its end, and throws the bytes away. For one thread. */
final class StreamReader {

  private static final int BUFFER_BYTES = 256 << 10;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final Server server;
  private final String path;

  StreamReader(Server server, String stream) {
    this.server = server;
    this.path = StreamWorkload.path(stream);
  }

  /** Reads all of the stream, and returns the bytes of bodies per second. */
  double bytesPerSecond() throws IOException {
    long start = System.nanoTime();
    String offset = "-1";
    long bytes = 0;
    while (!offset.isEmpty()) {
      HttpResponse<InputStream> answer = read(offset);
      try (InputStream body = answer.body()) {
        bytes += count(body);
      }
      offset = next(answer);
    }
    return bytes * 1e9 / (System.nanoTime() - start);
  }

  private HttpResponse<InputStream> read(String offset) throws IOException {
    HttpRequest request = HttpRequest.newBuilder(server.uri(path + "?offset=" + offset)).build();
    try {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      if (answer.statusCode() != 200) {
        throw new IOException("a read was refused: " + answer);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private long count(InputStream body) throws IOException {
    long bytes = 0;
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      bytes += read;
    }
    return bytes;
  }

  /** Nothing at the stream's end. */
  private static String next(HttpResponse<?> answer) throws IOException {
    if (answer.headers().firstValue("Stream-Up-To-Date").isPresent()) {
      return "";
    }
    return answer
        .headers()
        .firstValue("Stream-Next-Offset")
        .orElseThrow(() -> new IOException("a read was answered without an offset: " + answer));
  }
}
