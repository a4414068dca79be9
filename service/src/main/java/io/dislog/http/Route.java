package io.dislog.http;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A path with what can be done there; safe for use by many threads. */
final class Route {

  /** All of them. */
  static final List<Route> ALL =
      List.of(
          new Route("/v1/logs", "GET", "HEAD"),
          new Route("/v1/logs/{log}", "GET", "HEAD", "PUT", "PATCH", "DELETE"),
          new Route("/v1/logs/{log}/records", "GET", "HEAD", "POST", "DELETE"),
          new Route("/v1/logs/{log}/records/{offset}", "GET", "HEAD"),
          new Route("/v1/logs/{log}/segments", "GET", "HEAD", "POST"),
          new Route("/v1/logs/{log}/retention/plan", "GET", "HEAD"),
          new Route("/v1/logs/{log}/retention/run", "POST"),
          new Route("/v1/logs/{log}/consumers", "GET", "HEAD"),
          new Route("/v1/logs/{log}/consumers/{name}", "GET", "HEAD", "PUT", "DELETE"),
          new Route("/v1/defaults", "GET", "HEAD", "PATCH"),
          new Route("/v1/cluster", "GET", "HEAD"),
          new Route("/v1/cluster/nodes/{id}", "GET", "HEAD", "PUT", "PATCH", "DELETE"),
          new Route("/v1/cluster/shards/{id}/leader", "PUT"));

  private final String template;
  private final List<String> methods;
  private final Pattern paths;

  private Route(String template, String... methods) {
    this.template = template;
    this.methods = List.of(methods);
    this.paths = Pattern.compile(template.replaceAll("\\{\\w+}", "[^/]+"));
  }

  /** What a 405 at this path says that it allows. */
  static String allowed(String path) {
    TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
    for (Route route : ALL) {
      if (route.matches(path)) {
        methods.addAll(route.methods);
      }
    }
    return String.join(", ", methods);
  }

  /** Whether anything can be done at this path. */
  static boolean isAt(String path) {
    return ALL.stream().anyMatch(route -> route.matches(path));
  }

  /** Whether a method applies at this path. */
  static boolean takes(String method, String path) {
    for (Route route : ALL) {
      if (route.methods.contains(method) && route.matches(path)) {
        return true;
      }
    }
    return false;
  }

  /** As the OpenAPI document has it. */
  String template() {
    return template;
  }

  /** In capitals. */
  List<String> methods() {
    return methods;
  }

  private boolean matches(String path) {
    return paths.matcher(path).matches();
  }
}
