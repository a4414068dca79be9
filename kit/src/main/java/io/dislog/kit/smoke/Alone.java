package io.dislog.kit.smoke;

import io.dislog.kit.Artefact;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private final Artefact artefact;
  private final Path folder;
  private final Member member = Member.onFreePorts("alone");
  private final Node node;
  private final Checks checks;

  Alone(Artefact artefact, Path folder, Checks checks, Set<String> asked) {
    this.artefact = artefact;
    this.folder = folder;
    this.node = Node.of(member, asked);
    this.checks = checks;
  }

  /** Tries it, and gives the OpenAPI document that it shows. */
  String run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    String openApi;
    try (NodeProcess process = start()) {
      openApi = node.management().get("/q/openapi").text();
      Endpoints.use(node.api(), node.management(), checks);
      fill();
      process.kill();
    }
    try (NodeProcess process = start()) {
      checkAll("after a crash");
      checks.that("it stops when it is asked to", process.stop(Smoke.STOP));
    }
    try (NodeProcess _ = start()) {
      checkAll("after a stop");
    }
    return openApi;
  }

  /** Starts it, and waits until it is ready. */
  private NodeProcess start() throws IOException {
    List<String> settings = new ArrayList<>(member.alone());
    settings.add("-Ddislog.data-dir=" + folder.resolve("data"));
    settings.add(Smoke.NO_RETENTION);
    NodeProcess process =
        NodeProcess.start(
            new ProcessBuilder(artefact.command(settings)).directory(folder.toFile()),
            member,
            folder.resolve("output"));
    Smoke.leaveNothing(process::close);
    try {
      process.awaitReady(Smoke.START);
    } catch (IOException e) {
      process.close();
      throw e;
    }
    return process;
  }

  private void fill() throws IOException, InterruptedException {
    Api api = node.api();
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
    Api api = node.api();
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
