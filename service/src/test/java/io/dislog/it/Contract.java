package io.dislog.it;

import java.util.ArrayList;
import java.util.List;

/** Every row of the API's contract as calls, in an order in which each meets what it needs. */
final class Contract {

  private static final String LOG = "/v1/logs/orders";
  private static final String RECORDS = LOG + "/records";
  private static final String CONSUMER = LOG + "/consumers/billing";
  private static final String JSON = "application/json";

  private final List<Call> calls = new ArrayList<>();

  private Contract() {}

  /** What fits a service that takes bodies of 1Mi at most. */
  static List<Call> calls() {
    Contract contract = new Contract();
    contract.logs();
    contract.defaults();
    contract.appends();
    contract.producers();
    contract.reads();
    contract.segments();
    contract.consumers();
    contract.trims();
    contract.ends();
    return contract.calls;
  }

  private void add(Call... more) {
    calls.addAll(List.of(more));
  }

  private void logs() {
    add(
        Call.of("PUT", LOG, "{\"segment\":{\"maxBytes\":\"64Ki\"}}"),
        Call.of("PUT", LOG, "{\"segment\":{\"maxBytes\":65536}}"),
        Call.of("PUT", LOG, ""),
        Call.of("PUT", LOG, "{\"durability\":\"buffered\"}"),
        Call.of("PUT", LOG, "{\"what\":1}"),
        Call.of("PUT", LOG, "{"),
        Call.of("PUT", "/v1/logs/Orders", ""),
        Call.of("PUT", "/v1/logs/clicks", ""),
        Call.of("PUT", "/v1/logs/payments", ""),
        Call.patch(LOG, "{\"retention\":{\"maxAge\":\"none\"}}"),
        Call.patch(LOG, "{\"retention\":{\"maxAge\":7}}"),
        Call.of("PATCH", LOG, "{}", "Content-Type", "text/plain"),
        Call.patch("/v1/logs/nothing", "{}"),
        Call.get(LOG),
        Call.of("HEAD", LOG, ""),
        Call.get("/v1/logs/nothing"),
        Call.get("/v1/logs"),
        Call.get("/v1/logs?limit=2"),
        Call.get("/v1/logs?limit=2&after=orders"),
        Call.get("/v1/logs?prefix=p"),
        Call.get("/v1/logs?limit=0"),
        Call.of("POST", LOG, ""),
        Call.of("OPTIONS", LOG, ""),
        Call.get(LOG + "/nothing"),
        Call.get(LOG, "Accept", "text/html"));
  }

  private void defaults() {
    add(
        Call.get("/v1/defaults"),
        Call.patch("/v1/defaults", "{\"segment\":{\"maxAge\":\"1d\"}}"),
        Call.get("/v1/defaults"),
        Call.patch("/v1/defaults", "{\"segment\":{\"maxAge\":null}}"),
        Call.patch("/v1/defaults", "{\"segment\":1}"));
  }

  private void appends() {
    add(
        Call.of("POST", RECORDS, "two teas", "Content-Type", "text/plain", "Dislog-Key", "a%20b"),
        Call.of("POST", RECORDS, "a\nb\n\nc", "Content-Type", Api.NDJSON),
        Call.of("POST", RECORDS, "{\"records\":[{\"json\":1}]}", "Content-Type", Api.JSON_BATCH),
        Call.of("POST", RECORDS, "\0\0\0\002\0\u00ff", "Content-Type", Api.FRAMES),
        Call.of("POST", RECORDS, "", "Prefer", "return=minimal"),
        Call.of("POST", RECORDS, "at 7", "Dislog-Expected-Offset", "7"),
        Call.of("POST", RECORDS, "at 7", "Dislog-Expected-Offset", "7"),
        Call.of("POST", RECORDS, "x", "Dislog-Expected-Offset", "x"),
        Call.of("POST", RECORDS, "x", "Dislog-Key", "%zz"),
        Call.of("POST", RECORDS, "{\"records\":[{}]}", "Content-Type", Api.JSON_BATCH),
        Call.of("POST", RECORDS, "\n", "Content-Type", Api.NDJSON),
        Call.of("POST", RECORDS, "\0\0", "Content-Type", Api.FRAMES),
        Call.of("POST", RECORDS, "a", "Content-Type", Api.NDJSON + ";charset=latin1"),
        Call.of("POST", RECORDS, "a", "Content-Encoding", "gzip"),
        Call.of("POST", RECORDS, "x".repeat((1 << 20) + 1)),
        Call.patch(LOG, "{\"maxRecordBytes\":10}"),
        Call.of("POST", RECORDS, "more than ten"),
        Call.patch(LOG, "{\"maxRecordBytes\":null}"),
        Call.of("POST", RECORDS, "x".repeat(300_000)),
        Call.of("POST", "/v1/logs/nothing/records", "x"));
  }

  private void producers() {
    for (int seq = 0; seq < 7; seq++) {
      add(produce(1, seq));
    }
    add(produce(1, 6), produce(1, 0), produce(1, 8), produce(2, 1), produce(2, 0), produce(1, 7));
    add(Call.of("POST", RECORDS, "x", "Producer-Id", "till"));
  }

  private static Call produce(int epoch, int seq) {
    return Call.of(
        "POST",
        RECORDS,
        "x",
        "Producer-Id",
        "till",
        "Producer-Epoch",
        Integer.toString(epoch),
        "Producer-Seq",
        Integer.toString(seq));
  }

  private void reads() {
    add(
        Call.get(RECORDS + "/0"),
        Call.get(RECORDS + "/0", "If-None-Match", "*"),
        Call.of("HEAD", RECORDS + "/8", ""),
        Call.get(RECORDS + "/17"),
        Call.get(RECORDS + "/99"),
        Call.get(RECORDS + "?limit=6"),
        Call.get(RECORDS + "?limit=6", "Accept", Api.NDJSON),
        Call.get(RECORDS + "?limit=6", "Accept", Api.FRAMES),
        Call.get(RECORDS + "?maxBytes=1&offset=8"),
        Call.get(RECORDS + "?offset=latest"),
        Call.get(RECORDS + "?offset=latest&wait=1s"),
        Call.get(RECORDS + "?time=0&limit=1"),
        Call.get(RECORDS + "?time=9999-01-01T00:00:00.000Z"),
        Call.get(RECORDS + "?offset=99"),
        Call.get(RECORDS + "?offset=99&clamp=true"),
        Call.get(RECORDS + "?offset=-1"),
        Call.get(RECORDS + "?offset=1&time=1"),
        Call.get(RECORDS + "?consumer=nobody"),
        Call.get(RECORDS + "?consistency=leader&limit=1"),
        Call.get(RECORDS + "?consistency=much"),
        Call.get(RECORDS, "Accept", "text/event-stream", "Last-Event-ID", "x"),
        Call.get(RECORDS, "Accept", "text/event-stream", "Last-Event-ID", "99"));
  }

  private void segments() {
    add(
        Call.get(LOG + "/segments"),
        Call.of("POST", LOG + "/segments", ""),
        Call.of("POST", LOG + "/segments", ""),
        Call.get(LOG + "/segments"),
        Call.get(LOG + "/retention/plan"),
        Call.of("POST", LOG + "/retention/run", ""),
        Call.get(LOG));
  }

  private void consumers() {
    add(
        position("{\"offset\":2}"),
        position("{\"offset\":\"latest\"}"),
        position("{\"offset\":\"middle\"}"),
        position("{\"offset\":99}"),
        position("{\"offset\":3}", "If-Match", "\"2\""),
        position("{\"offset\":3}", "If-Match", "\"17\""),
        Call.get(CONSUMER),
        Call.get(LOG + "/consumers"),
        Call.get(LOG + "/consumers/nobody"),
        Call.get(LOG + "/consumers/No"),
        Call.get(RECORDS + "?consumer=billing&limit=1"),
        Call.of("DELETE", CONSUMER, ""),
        Call.of("DELETE", CONSUMER, ""));
  }

  private static Call position(String json, String... headers) {
    List<String> all = new ArrayList<>(List.of("Content-Type", JSON));
    all.addAll(List.of(headers));
    return new Call("PUT", CONSUMER, json, all);
  }

  private void trims() {
    add(
        Call.of("DELETE", RECORDS + "?before=3", ""),
        Call.of("DELETE", RECORDS + "?before=99", ""),
        Call.of("DELETE", RECORDS, ""),
        Call.get(RECORDS + "/1"),
        Call.get(RECORDS + "?offset=1"),
        Call.get(RECORDS + "?offset=1&clamp=true&limit=1"),
        Call.patch(LOG, "{\"retention\":{\"maxBytes\":\"1\"}}"),
        Call.of("POST", LOG + "/retention/run", ""),
        Call.get(LOG + "/segments"));
  }

  private void ends() {
    add(
        Call.of("DELETE", LOG, ""),
        Call.get(LOG),
        Call.of("DELETE", LOG, ""),
        Call.of("POST", RECORDS, "x"),
        Call.get("/v1/logs"));
  }
}
