package io.dislog.http.server;

import io.dislog.http.notation.MediaType;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * Serves the OpenAPI document beside health and metrics, in YAML or JSON, as the build wrote it:
 * reading and writing it at every start took a third of the start. Runs on event loops.
 */
@Singleton
final class OpenApiDocument {

  private static final String PATH = "/q/openapi";
  private static final String YAML = "application/yaml";

  void register(@Observes ManagementInterface management) {
    Buffer yaml = read("openapi.yaml");
    Buffer json = read("openapi.json");
    management
        .router()
        .get(PATH)
        .handler(context -> {
          if (wantsJson(context.request())) {
            answer(context, MediaType.JSON, json);
          } else {
            answer(context, YAML, yaml);
          }
        });
    management
        .router()
        .get(PATH + ".json")
        .handler(context -> answer(context, MediaType.JSON, json));
    management.router().get(PATH + ".yaml").handler(context -> answer(context, YAML, yaml));
  }

  /** Says the parameter, or else the header; whoever says nothing gets YAML. */
  private static boolean wantsJson(HttpServerRequest request) {
    String format = request.getParam("format");
    String accepted = request.getHeader(HttpHeaders.ACCEPT);
    return format == null
        ? accepted != null && accepted.contains(MediaType.JSON)
        : format.equalsIgnoreCase("json");
  }

  private static void answer(RoutingContext context, String type, Buffer document) {
    context.response().putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8").end(document);
  }

  private static Buffer read(String name) {
    try (InputStream document =
        Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(name), name)) {
      return Buffer.buffer(document.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
