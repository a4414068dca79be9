package io.dislog.kit.smoke;

import java.io.IOException;

/** Uses every operation on logs as clients do, on a log of its own. For one thread. */
final class Endpoints {
  private static final String TEXT = "text/plain";
  private static final String LINES = "application/x-ndjson";
  private static final String JSON = "application/json";
  private static final String FRAMES = "application/vnd.dislog.batch";

  private static final int ATTEMPTS = 5;

  private final Api api;
  private final Api management;
  private final Checks checks;
  private final String name = "smoke-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
  private final String log = "/v1/logs/" + name;

  private Endpoints(Api api, Api management, Checks checks) {
    this.api = api;
    this.management = management;
    this.checks = checks;
  }

  /** Uses them; all of them again, on another log, where a leader went away in their midst. */
  static void use(Api api, Api management, Checks checks) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Endpoints endpoints = new Endpoints(api, management, checks);
      try {
        endpoints.use();
        return;
      } catch (LeaderGone e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        System.out.println("  Once more, since a leader went away: " + e.getMessage());
        endpoints.leaveNothing();
      }
    }
  }

  private void leaveNothing() throws IOException, InterruptedException {
    try {
      api.send("DELETE", log, "");
    } catch (LeaderGone e) {
      System.out.println("  The log may stay: " + e.getMessage());
    }
  }

  private void use() throws IOException, InterruptedException {
    create();
    append();
    appendOnce();
    read();
    follow();
    consume();
    retain();
    trim();
    refuse();
    lookAround();
    stream();
    close();
    delete();
  }

  private void create() throws IOException, InterruptedException {
    String config = "{\"segment\":{\"maxBytes\":65536}}";
    checks.says(201, "\"name\":\"" + name + "\"", api.json("PUT", log, config));
    checks.status(200, api.json("PUT", log, config));
    checks.says(
        409,
        "/problems/log-config-differs",
        api.json("PUT", log, "{\"segment\":{\"maxBytes\":131072}}"));
    checks.says(200, "\"" + name + "\"", api.get("/v1/logs?prefix=" + name));
    checks.says(200, "\"maxBytes\":65536", api.get(log));
    checks.status(200, api.send("HEAD", log, ""));
  }

  private void append() throws IOException, InterruptedException {
    String records = log + "/records";
    Answer first = api.post(records, TEXT, "two teas", "Dislog-Key", "till-4");
    checks.says(201, "\"nextOffset\":1", first);
    checks.says(201, "\"count\":2", api.post(records, LINES, "{\"cups\":1}\n{\"cups\":2}\n"));
    String batch = "{\"records\":[{\"value\":\"milk\",\"key\":\"k\",\"headers\":{\"a\":\"b\"}}]}";
    checks.says(201, "\"baseOffset\":3", api.post(records, FRAMES + "+json", batch));
    checks.says(201, "\"baseOffset\":4", api.post(records, FRAMES, "\0\0\0\3\0ab"));
    checks.says(400, "/problems/malformed-batch", api.post(records, FRAMES, "\0\0\0\1\377"));
  }

  private void appendOnce() throws IOException, InterruptedException {
    String[] numbered = {"Producer-Id", name, "Producer-Epoch", "0", "Producer-Seq", "0"};
    checks.says(201, "\"baseOffset\":5", api.post(log + "/records", TEXT, "coffee", numbered));
    checks.equal(
        "the offset of a repeated request",
        5L,
        api.post(log + "/records", TEXT, "coffee", numbered).number("baseOffset"));
    checks.equal("the end after it", 6L, api.get(log).number("endOffset"));
  }

  private void read() throws IOException, InterruptedException {
    String records = log + "/records";
    checks.equal("the first record", "two teas", api.get(records + "/0").text());
    checks.equal("a record of a frame", "ab", api.get(records + "/4").text());
    checks.says(200, "\"nextOffset\":6", api.get(records + "?offset=earliest", "Accept", JSON));
    checks.equal(
        "records as lines",
        2,
        api.get(records + "?offset=1&limit=2", "Accept", LINES).count("\"offset\":"));
    checks.says(200, "coffee", api.get(records + "?offset=5", "Accept", FRAMES));
    checks.says(200, "\"offset\":0", api.get(records + "?time=0&limit=1"));
    checks.says(200, "\"records\":[]", api.get(records + "?offset=latest&wait=1s"));
    checks.says(416, "/problems/offset-beyond-end", api.get(records + "?offset=99"));
    checks.says(404, "/problems/unknown-record", api.get(records + "/6"));
  }

  private void follow() throws IOException, InterruptedException {
    String events = api.begin(log + "/records?offset=0", 100, "Accept", "text/event-stream");
    checks.that("a stream begins with record 0: " + events, events.contains("id: 0"));
  }

  private void consume() throws IOException, InterruptedException {
    String consumer = log + "/consumers/billing";
    checks.says(201, "\"lag\":2", api.json("PUT", consumer, "{\"offset\":4}"));
    checks.says(200, "\"offset\":4", api.get(consumer));
    checks.says(200, "billing", api.get(log + "/consumers"));
    checks.says(200, "\"offset\":4", api.get(log + "/records?consumer=billing&limit=1"));
    checks.status(204, api.send("DELETE", consumer, ""));
    checks.says(404, "/problems/unknown-consumer", api.get(consumer));
  }

  private void retain() throws IOException, InterruptedException {
    checks.status(201, api.send("POST", log + "/segments", ""));
    checks.equal("segments", 2, api.get(log + "/segments").count("\"baseOffset\":"));
    String limit = "{\"retention\":{\"maxBytes\":1}}";
    checks.says(200, "\"deletable\":true", api.json("POST", log + "/retention/plan", limit));
    checks.equal("segments", 2, api.get(log + "/segments").count("\"baseOffset\":"));
    checks.status(200, api.json("PATCH", log, limit));
    checks.says(200, "\"deletable\":true", api.get(log + "/retention/plan"));
    checks.says(200, "\"deletedSegments\":1", api.send("POST", log + "/retention/run", ""));
    checks.equal("the earliest offset", 6L, api.get(log).number("earliestOffset"));
    checks.says(410, "/problems/offset-trimmed", api.get(log + "/records/0"));
  }

  private void trim() throws IOException, InterruptedException {
    checks.says(201, "\"count\":2", api.post(log + "/records", LINES, "{}\n{}\n"));
    checks.says(200, "\"earliestOffset\":7", api.send("DELETE", log + "/records?before=7", ""));
  }

  private void refuse() throws IOException, InterruptedException {
    checks.says(400, "/problems/invalid-log-name", api.json("PUT", "/v1/logs/.hidden", "{}"));
    checks.says(400, "/problems/invalid-config", api.json("PATCH", log, "{\"durability\":\"x\"}"));
    checks.says(400, "/problems/bad-request", api.get(log + "/records?limit=0"));
    checks.says(404, "/problems/unknown-log", api.post(log + "-none/records", TEXT, "lost"));
    checks.says(405, "/problems/method-not-allowed", api.send("PATCH", log + "/segments", "{}"));
    checks.says(406, "/problems/not-acceptable", api.get(log + "/records", "Accept", "image/gif"));
  }

  private void lookAround() throws IOException, InterruptedException {
    checks.says(200, "\"durability\"", api.get("/v1/defaults"));
    checks.status(200, api.json("PATCH", "/v1/defaults", "{}"));
    for (String health : new String[] {"live", "ready", "started"}) {
      checks.says(200, "\"UP\"", management.get("/q/health/" + health));
    }
    checks.says(200, "dislog_append_records_total", management.get("/q/metrics"));
    checks.says(200, "/v1/logs/{log}/records", management.get("/q/openapi"));
  }

  /** A log of its own, through the Durable Streams protocol. */
  private void stream() throws IOException, InterruptedException {
    String stream = "/v1/stream/" + name + "-Stream";
    checks.status(201, createStream(stream));
    checks.status(204, api.post(stream, JSON, "[{\"cups\":1},{\"cups\":2}]"));
    checks.equal("a stream", "[{\"cups\":1},{\"cups\":2}]", api.get(stream).text());
    checks.status(200, api.send("HEAD", stream, ""));
    checks.status(204, api.send("DELETE", stream, ""));
    checks.says(404, "/problems/unknown-log", api.get(stream));
  }

  /** Nodes that have just met don't know yet that all of them can do it, and say so. */
  private Answer createStream(String stream) throws IOException, InterruptedException {
    Answer answer = api.json("PUT", stream, "[]");
    for (int left = ATTEMPTS; left > 0 && answer.status() == 503; left--) {
      Thread.sleep(1000);
      answer = api.json("PUT", stream, "[]");
    }
    return answer;
  }

  private void close() throws IOException, InterruptedException {
    checks.says(200, "\"closed\":true", api.send("POST", log + "/close", ""));
    checks.says(409, "/problems/log-closed", api.post(log + "/records", TEXT, "late"));
  }

  private void delete() throws IOException, InterruptedException {
    checks.status(204, api.send("DELETE", log, ""));
    checks.says(404, "/problems/unknown-log", api.get(log));
  }
}
