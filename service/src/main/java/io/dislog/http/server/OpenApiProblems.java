package io.dislog.http.server;

import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Writes the refusals into the OpenAPI document while the service is built: each operation lists
 * the slugs of its own under {@code x-problems}, and has those that any request can meet besides.
 */
public final class OpenApiProblems implements OASFilter {

  private static final String SLUGS = "x-problems";

  private static final Set<ProblemType> EVERYWHERE =
      EnumSet.of(
          ProblemType.BAD_REQUEST,
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.FORBIDDEN_ORIGIN,
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.TOO_SLOW,
          ProblemType.BATCH_TOO_LARGE,
          ProblemType.URI_TOO_LONG,
          ProblemType.UNSUPPORTED_MEDIA_TYPE,
          ProblemType.WRONG_HOST,
          ProblemType.TOO_BUSY,
          ProblemType.HEADERS_TOO_LARGE,
          ProblemType.INTERNAL,
          ProblemType.NOT_IMPLEMENTED,
          ProblemType.NOT_READY,
          ProblemType.TOO_MANY_FILES);

  @Override
  public void filterOpenAPI(OpenAPI document) {
    for (PathItem path : document.getPaths().getPathItems().values()) {
      path.getOperations().values().forEach(OpenApiProblems::addProblems);
    }
    List<Object> types = new ArrayList<>();
    for (ProblemType type : ProblemType.values()) {
      types.add(type.uri());
    }
    Map<String, Schema> members =
        schema(document.getComponents().getSchemas(), "Problem").getProperties();
    schema(members, "type").setEnumeration(types);
  }

  private static Schema schema(Map<String, Schema> schemas, String name) {
    return Objects.requireNonNull(schemas.get(name), name);
  }

  private static void addProblems(Operation operation) {
    Map<Integer, List<ProblemType>> byStatus = new TreeMap<>();
    for (ProblemType type : problems(operation)) {
      byStatus.computeIfAbsent(type.status(), status -> new ArrayList<>()).add(type);
    }
    byStatus.forEach((status, types) ->
        operation.getResponses().addAPIResponse(status.toString(), response(types)));
    operation.removeExtension(SLUGS);
    // Scanned from the resources; those that describe them stand with their path.
    if (operation.getParameters() != null) {
      operation.setParameters(
          operation.getParameters().stream()
              .filter(parameter -> parameter.getIn() != Parameter.In.PATH)
              .toList());
    }
  }

  private static Set<ProblemType> problems(Operation operation) {
    Set<ProblemType> problems = EnumSet.copyOf(EVERYWHERE);
    Object slugs = operation.getExtensions() == null ? null : operation.getExtensions().get(SLUGS);
    for (Object slug : (List<?>) Objects.requireNonNullElse(slugs, List.of())) {
      problems.add(ProblemType.of(slug.toString()));
    }
    if (problems.contains(ProblemType.UNKNOWN_LOG)) {
      // It was deleted, as one that is unknown may have been.
      problems.add(ProblemType.LOG_RETIRED);
    }
    return problems;
  }

  private static APIResponse response(List<ProblemType> types) {
    List<String> lines = new ArrayList<>();
    for (ProblemType type : types) {
      lines.add("`" + type.uri() + "`: " + type.title());
    }
    APIResponse response =
        OASFactory.createAPIResponse()
            .description(String.join("\n\n", lines))
            .content(
                OASFactory.createContent()
                    .addMediaType(
                        MediaType.PROBLEM,
                        OASFactory.createMediaType()
                            .schema(OASFactory.createSchema().ref("Problem"))));
    if (types.stream().anyMatch(ProblemType::retryable)) {
      response.addHeader("Retry-After", OASFactory.createHeader().ref("Retry-After"));
    }
    if (types.contains(ProblemType.METHOD_NOT_ALLOWED)) {
      response.addHeader("Allow", OASFactory.createHeader().ref("Allow"));
    }
    return response;
  }
}
