package io.dislog.http.notation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A path with what can be done there, and with which parameters. Immutable.
 *
 * <p>A segment in braces is a parameter of the path, its value any segment.
 */
public final class Route {

  /** All of them that users have. */
  public static final List<Route> ALL =
      List.of(
          at("/v1/logs").reads("prefix", "after", "limit", "config", "consistency"),
          at("/v1/logs/{log}").reads("config", "consistency").changes("PUT", "PATCH", "DELETE"),
          at("/v1/logs/{log}/records")
              .reads(
                  "offset", "time", "consumer", "limit", "maxBytes", "wait", "clamp", "consistency")
              .changes("POST")
              .with("DELETE", new Endpoint(true, List.of("before"))),
          at("/v1/logs/{log}/records/{offset}").reads("consistency"),
          at("/v1/logs/{log}/segments").reads("consistency").changes("POST"),
          at("/v1/logs/{log}/retention/plan").reads("consistency").asks("POST"),
          at("/v1/logs/{log}/retention/run").changes("POST"),
          at("/v1/logs/{log}/consumers").reads("consistency"),
          at("/v1/logs/{log}/consumers/{name}").reads("consistency").changes("PUT", "DELETE"),
          at("/v1/logs/{log}/close").changes("POST"),
          at("/v1/stream/{path}")
              .reads("offset", "live", "cursor", "consistency")
              .changes("PUT", "POST", "DELETE")
              .ofAnotherProtocol(),
          at("/v1/defaults").reads("config", "consistency").changes("PATCH"),
          at("/v1/cluster").reads(),
          at("/v1/cluster/nodes/{id}").reads().changes("PUT", "PATCH", "DELETE"),
          at("/v1/cluster/shards/{id}/leader").changes("PUT"));

  /**
   * What nodes ask of each other, and no user has; see {@link
   * io.dislog.http.cluster.TransferRoute}.
   */
  public static final List<Route> BETWEEN_NODES =
      List.of(
          at("/v1/cluster/shards/{id}/outline").reads("log"),
          at("/v1/cluster/shards/{id}/logs/{held}/stores/{base}").reads("id", "size", "from"),
          at("/v1/cluster/shards/{id}/appends").asks("POST"),
          at("/v1/cluster/shards/{id}/logs/{held}/commands")
              .with("POST", new Endpoint(false, List.of("id"))));

  private final String template;
  private final List<String> segments;
  private final Map<String, Endpoint> endpoints;
  private final boolean ofAnotherProtocol;

  private Route(String template, Map<String, Endpoint> endpoints, boolean ofAnotherProtocol) {
    this.template = template;
    this.segments = List.of(template.substring(1).split("/", -1));
    this.endpoints = endpoints;
    this.ofAnotherProtocol = ofAnotherProtocol;
  }

  /** The route of a path's segments, or null where it has none. */
  static @Nullable Route of(List<String> path) {
    for (Route route : ALL) {
      if (route.matches(path)) {
        return route;
      }
    }
    for (Route route : BETWEEN_NODES) {
      if (route.matches(path)) {
        return route;
      }
    }
    return null;
  }

  /** What a 405 at this path says that it allows. */
  public String allowed() {
    TreeSet<String> methods = new TreeSet<>(endpoints.keySet());
    methods.add("OPTIONS");
    return String.join(", ", methods);
  }

  /** Whether a method applies at this path. */
  public boolean takes(String method) {
    return endpoints.containsKey(method);
  }

  /** Whether a method that applies changes something, which the leader does alone. */
  public boolean changesBy(String method) {
    Endpoint endpoint = endpoints.get(method);
    return endpoint != null && endpoint.changes();
  }

  /**
   * Whether the rest of the path, and what may stand in a query, are for another protocol to say.
   */
  public boolean isOfAnotherProtocol() {
    return ofAnotherProtocol;
  }

  /** The names that a query of a method may have. */
  public List<String> parameters(String method) {
    Endpoint endpoint = endpoints.get(method);
    return endpoint == null ? List.of() : endpoint.parameters();
  }

  /** Which segment a parameter of the path is; -1 where there is none of this name. */
  int indexOf(String parameter) {
    return segments.indexOf("{" + parameter + "}");
  }

  /** As the OpenAPI document has it. */
  public String template() {
    return template;
  }

  /** In capitals. */
  public List<String> methods() {
    return List.copyOf(endpoints.keySet());
  }

  private static Route at(String template) {
    return new Route(template, Map.of(), false);
  }

  private Route ofAnotherProtocol() {
    return new Route(template, endpoints, true);
  }

  /** This route with GET and, as everywhere, HEAD. */
  private Route reads(String... parameters) {
    Endpoint read = new Endpoint(false, List.of(parameters));
    return with("GET", read).with("HEAD", read);
  }

  private Route asks(String method) {
    return with(method, new Endpoint(false, List.of()));
  }

  private Route changes(String... methods) {
    Route route = this;
    for (String method : methods) {
      route = route.with(method, new Endpoint(true, List.of()));
    }
    return route;
  }

  private Route with(String method, Endpoint endpoint) {
    Map<String, Endpoint> more = new LinkedHashMap<>(endpoints);
    more.put(method, endpoint);
    return new Route(template, more, ofAnotherProtocol);
  }

  private boolean matches(List<String> path) {
    if (ofAnotherProtocol ? path.size() < segments.size() : path.size() != segments.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!segments.get(i).startsWith("{") && !segments.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /**
   * One method at a path.
   *
   * @param changes whether it changes something
   * @param parameters the names that its query may have
   */
  private record Endpoint(boolean changes, List<String> parameters) {}
}
