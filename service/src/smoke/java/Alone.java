import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A node by itself: all that it offers, and that it has everything again after a crash and a stop.
 */
final class Alone {
  private static final String LOG = "/v1/logs/kept";
  private static final String RECORDS = LOG + "/records";
  private static final int COUNT = 100;
  private static final String[] LAST_REQUEST = {
    "Producer-Id", "smoke", "Producer-Epoch", "0", "Producer-Seq", "0"
  };

  private final Service service;
  private final Checks checks;

  Alone(Artefact artefact, Path folder, Checks checks, Set<String> asked) throws IOException {
    this.service = new Service(artefact, folder, List.of("-Dquarkus.http.port=0"), asked);
    this.checks = checks;
  }

  /** Tries it, and gives the OpenAPI document that it shows. */
  String run() throws IOException, InterruptedException {
    try (service) {
      start();
      String openApi = service.management().get("/q/openapi").text();
      new Endpoints(service.api(), service.management(), checks).use();
      fill();
      service.kill();
      start();
      checkAll("after a crash");
      checks.that("it stops when it is asked to", service.stop());
      start();
      checkAll("after a stop");
      return openApi;
    }
  }

  private void start() throws IOException, InterruptedException {
    service.launch();
    service.awaitReady();
  }

  private void fill() throws IOException, InterruptedException {
    Api api = service.api();
    checks.status(201, api.json("PUT", LOG, "{\"segment\":{\"maxBytes\":4096}}"));
    for (int number = 0; number < COUNT; number++) {
      String value = "record " + number + " ".repeat(100);
      checks.status(201, api.post(RECORDS, "text/plain", value));
    }
    checks.status(201, api.post(RECORDS, "text/plain", "numbered", LAST_REQUEST));
    checks.status(201, api.json("PUT", LOG + "/consumers/billing", "{\"offset\":42}"));
    checks.says(200, "\"earliestOffset\":10", api.send("DELETE", RECORDS + "?before=10", ""));
  }

  private void checkAll(String when) throws IOException, InterruptedException {
    Api api = service.api();
    Answer all = api.get(RECORDS + "?offset=earliest&limit=1000");
    checks.equal("records " + when, COUNT - 10 + 1, all.count("\"offset\":"));
    for (int number = 10; number < COUNT; number++) {
      checks.that("record " + number + " " + when, all.text().contains("\"record " + number + " "));
    }
    checks.equal("the earliest offset " + when, 10L, api.get(LOG).number("earliestOffset"));
    checks.says(200, "\"offset\":42", api.get(LOG + "/consumers/billing"));
    checks.equal(
        "the offset of a repeated request " + when,
        (long) COUNT,
        api.post(RECORDS, "text/plain", "numbered", LAST_REQUEST).number("baseOffset"));
  }
}
