package io.dislog.kit.smoke;

import io.dislog.kit.Artefact;
import io.dislog.kit.FileTree;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tries what was built, or a service that runs: every operation of the OpenAPI document, a restart
 * with recovery, and three nodes that replicate. Of a service that runs, only what harms nobody: a
 * log of its own, which it deletes. Prints how many checks were passed; ends with 1 where one was
 * not.
 *
 * <p>Run from its source: {@code java io/dislog/kit/smoke/Smoke.java PATH|URL [URL of health and
 * metrics]}.
 */
final class Smoke {
  private static final Pattern PATH = Pattern.compile("^  (/v1/\\S+):$");
  private static final Pattern METHOD = Pattern.compile("^    (get|put|post|delete|patch|head):$");
  private static final int MANAGEMENT_PORT = 9000;

  static final Duration START = Duration.ofMinutes(5);
  static final Duration STOP = Duration.ofMinutes(2);

  /** By itself: a run that comes in between would delete what one that is asked for is to. */
  static final String NO_RETENTION = "-Ddislog.retention.interval=1d";

  private final Checks checks = new Checks();

  /** Methods and paths. */
  private final Set<String> asked = new TreeSet<>();

  private Smoke() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Smoke smoke = new Smoke();
    if (arguments[0].startsWith("http://") || arguments[0].startsWith("https://")) {
      String management =
          arguments.length > 1
              ? arguments[1]
              : "http://" + host(arguments[0]) + ":" + MANAGEMENT_PORT;
      smoke.tryService(arguments[0].replaceFirst("/$", ""), management.replaceFirst("/$", ""));
    } else {
      smoke.tryArtefact(Path.of(arguments[0]));
    }
    System.out.println(
        smoke.checks.passed()
            + (smoke.checks.allPassed()
                ? " checks, all passed"
                : " checks passed, and others not"));
    System.exit(smoke.checks.allPassed() ? 0 : 1);
  }

  private void tryService(String api, String management) throws IOException, InterruptedException {
    Api service = new Api(api, asked);
    Endpoints.use(service, new Api(management, asked), checks);
    checks.says(200, "\"nodes\"", service.get("/v1/cluster"));
    System.out.println(
        "Every operation on logs; no restart and no cluster, since it runs elsewhere");
  }

  private void tryArtefact(Path path) throws IOException, InterruptedException {
    Artefact artefact = Artefact.at(path);
    Path work = Files.createTempDirectory("dislog-smoke");
    String openApi;
    try {
      System.out.println("A node by itself, a crash, a stop");
      openApi = new Alone(artefact, work.resolve("alone"), checks, asked).run();
      System.out.println("Three nodes, and one of them lost, taken out and added");
      new Cluster(artefact, work.resolve("cluster"), checks, asked).run();
    } finally {
      FileTree.delete(work);
    }
    checkThatAllWasAsked(openApi.lines().toList());
  }

  /** So that an operation which is added is tried too. */
  private void checkThatAllWasAsked(List<String> openApi) {
    String path = "";
    int operations = 0;
    for (String line : openApi) {
      Matcher paths = PATH.matcher(line);
      Matcher methods = METHOD.matcher(line);
      if (paths.matches()) {
        path = paths.group(1).replaceAll("\\{\\w+}", "[^/]+");
      } else if (methods.matches() && !path.isEmpty()) {
        String operation = methods.group(1).toUpperCase(Locale.ROOT) + " " + path;
        checks.that("asked for " + operation, asked.stream().anyMatch(a -> a.matches(operation)));
        operations++;
      }
    }
    checks.that("the OpenAPI document has operations", operations > 20);
  }

  private static String host(String api) {
    return URI.create(api).getHost();
  }

  /** Whoever ends the smoke test in its middle is left with no process of it. */
  static void leaveNothing(Runnable end) {
    Runtime.getRuntime().addShutdownHook(new Thread(end));
  }
}
