package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All that can be asked of the service, as its OpenAPI document says. */
public final class Operations {

  private Operations() {}

  /**
   * An operation, and a path of it at which there is nothing.
   *
   * @param method in capitals
   * @param template of the path
   */
  public record Operation(String method, String template, String path) {

    /** The same path, with characters that need no encoding encoded. */
    public String encodedPath() {
      return path.replace("/v1/", "/%761/").replace("till", "t%69ll");
    }

    /** Whether whoever has a credential may do it. */
    public boolean isForAll() {
      return (method + " " + template).matches("(GET|HEAD) /v1/(logs|defaults|cluster.*)");
    }
  }

  /** All of the document. */
  public static List<Operation> all() throws IOException {
    List<Operation> operations = new ArrayList<>();
    JsonNode paths = new YAMLMapper().readTree(Path.of("openapi.yaml").toFile()).path("paths");
    for (Map.Entry<String, JsonNode> path : paths.properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (!operation.getKey().equals("parameters")) {
          operations.add(of(operation.getKey().toUpperCase(Locale.ROOT), path.getKey()));
        }
      }
    }
    assertThat(operations).hasSizeGreaterThan(30);
    return operations;
  }

  private static Operation of(String method, String template) {
    String path =
        template
            .replace("{log}", "till-gone")
            .replace("{offset}", "0")
            .replace("{name}", "till")
            .replace("{path}", "till/gone")
            .replace("{id}", "none");
    return new Operation(method, template, path);
  }
}
