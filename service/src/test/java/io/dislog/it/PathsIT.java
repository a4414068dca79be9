package io.dislog.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** However a path is written, it leads to no file but those of the logs that it names. */
final class PathsIT {

  private static final String SECRET = "nobody may read this";
  private static final List<String> PATHS =
      List.of(
          "/../secret",
          "/../../secret",
          "/%2e%2e/secret",
          "/%2e%2e%2fsecret",
          "/..%2fsecret",
          "/..%2f..%2fsecret",
          "/..%5csecret",
          "/%252e%252e%252fsecret",
          "/.%2e/secret",
          "/orders/../../../secret",
          "/orders/%2e%2e/%2e%2e/secret",
          "/orders/records/..%2f..%2f..%2fsecret",
          "/orders/consumers/..%2f..%2f..%2fsecret",
          "/orders/consumers/%2e%2e",
          "//secret",
          "//orders",
          "/orders//records",
          "/./orders",
          "/%2fetc%2fpasswd",
          "/orders%00",
          "/orders%00.store",
          "/orders;a=b",
          "/orders%ff",
          "/%c0%ae%c0%ae%c0%afsecret",
          "/..",
          "/.",
          "/%2e",
          "/%2e%2e",
          "/");

  @RegisterExtension final Services services = new Services();

  @Test
  void crookedPathsLeadNowhere(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), SECRET);
    DislogProcess service = services.in(folder).start();
    Api api = service.api();
    api.put("/v1/logs/orders", "{}").is(201);
    api.append("orders", "a record").is(201);
    List<Path> before = files(folder);
    for (String method : List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD")) {
      for (String path : PATHS) {
        Answer answer = send(api, method, "/v1/logs" + path);
        assertThat(answer.status()).as(method + " " + path).isBetween(400, 499);
        assertThat(answer.text()).doesNotContain(SECRET).doesNotContain(folder.toString());
      }
    }
    assertThat(files(folder)).isEqualTo(before);
    assertThat(secret).hasContent(SECRET);
    assertThat(api.describe("orders").get("endOffset").asLong()).isEqualTo(1);
    assertThat(api.get("/v1/logs").json().get("logs")).hasSize(1);
  }

  @Test
  void aLogIsFoundUnderItsNameHoweverItsLettersAreEncoded(@TempDir Path folder) throws Exception {
    Api api = services.in(folder).start().api();
    api.put("/v1/logs/orders", "{}").is(201);
    Answer answer = send(api, "GET", "/v1/logs/%6frders");
    assertThat(answer.status()).isIn(200, 400);
  }

  private static Answer send(Api api, String method, String path) throws IOException {
    try (RawConnection connection = new RawConnection(api.port())) {
      connection.send(
          "%s %s HTTP/1.1\r\nHost: localhost\r\n".formatted(method, path)
              + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
      return method.equals("HEAD")
          ? new Answer(status(connection), Map.of(), new byte[0])
          : connection.answer();
    }
  }

  /** Of an answer that has a length and no body. */
  private static int status(RawConnection connection) throws IOException {
    byte[] line = new byte[12];
    assertThat(connection.read(line)).isEqualTo(line.length);
    return Integer.parseInt(new String(line, 9, 3, US_ASCII));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }
}
