package io.dislog.http;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A path with what can be done there.
 *
 * @param template as the OpenAPI document has it
 * @param methods in capitals
 */
record Route(String template, List<String> methods) {

  /** All of them. */
  static final List<Route> ALL =
      List.of(
          new Route("/v1/logs", List.of("GET", "HEAD")),
          new Route("/v1/logs/{log}", List.of("GET", "HEAD", "PUT", "PATCH", "DELETE")),
          new Route("/v1/logs/{log}/records", List.of("GET", "HEAD", "POST", "DELETE")),
          new Route("/v1/logs/{log}/records/{offset}", List.of("GET", "HEAD")),
          new Route("/v1/logs/{log}/segments", List.of("GET", "HEAD", "POST")),
          new Route("/v1/logs/{log}/retention/plan", List.of("GET", "HEAD")),
          new Route("/v1/logs/{log}/retention/run", List.of("POST")),
          new Route("/v1/logs/{log}/consumers", List.of("GET", "HEAD")),
          new Route("/v1/logs/{log}/consumers/{name}", List.of("GET", "HEAD", "PUT", "DELETE")),
          new Route("/v1/defaults", List.of("GET", "HEAD", "PATCH")),
          new Route("/v1/cluster", List.of("GET", "HEAD")));

  /** What a 405 at this path says that it allows. */
  static String allowed(String path) {
    TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
    for (Route route : ALL) {
      if (route.matches(path)) {
        methods.addAll(route.methods());
      }
    }
    return String.join(", ", methods);
  }

  /** Whether anything can be done at this path. */
  static boolean isAt(String path) {
    return ALL.stream().anyMatch(route -> route.matches(path));
  }

  private boolean matches(String path) {
    return Pattern.matches(template.replaceAll("\\{\\w+}", "[^/]+"), path);
  }
}
