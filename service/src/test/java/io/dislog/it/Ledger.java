package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.dislog.kit.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What clients sent to one log and what they were promised, to be held against what the log has.
 * Safe for use by many threads.
 */
final class Ledger {

  private final String log;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, Batch> sent = new ConcurrentHashMap<>();
  private final Map<Long, Long> acknowledged = new ConcurrentHashMap<>();

  Ledger(String log) {
    this.log = log;
  }

  String log() {
    return log;
  }

  /** A new batch, which is about to be sent. */
  Batch next(Batch.Kind kind, int count) {
    Batch batch = new Batch(ids.getAndIncrement(), kind, count);
    sent.put(batch.id(), batch);
    return batch;
  }

  /** Takes down what was answered to a batch: its offsets, the same whenever it is answered. */
  void acknowledge(Batch batch, Answer answer) {
    JsonNode body = answer.json();
    long base = body.get("baseOffset").asLong(-1);
    Long before = acknowledged.putIfAbsent(batch.id(), base);
    if (body.get("log").asText().equals(log)
        && base >= 0
        && body.get("count").asInt() == batch.count()
        && body.get("lastOffset").asLong() == base + batch.count() - 1
        && (before == null || before == base)) {
      return;
    }
    throw new AssertionError("%s, known at %s, was answered %s".formatted(batch, before, body));
  }

  int appends() {
    return acknowledged.size();
  }

  long records() {
    return acknowledged.keySet().stream().mapToLong(id -> batch(id).count()).sum();
  }

  /**
   * Checks that the log has what was promised, nothing else, nothing twice, and all in order.
   * Retention may go on: where it took away what was to be looked at, it is looked at what is left.
   */
  Found check(Api api) throws Exception {
    List<Found> found = new ArrayList<>();
    Await.until(
        "retention leaves " + log + " as it is while it is looked at",
        () -> {
          JsonNode description = api.describe(log);
          try {
            found.add(audited(api, description));
          } catch (AssertionError wrong) {
            if (earliest(api.describe(log)) == earliest(description)) {
              throw wrong;
            }
          }
          return !found.isEmpty();
        });
    return found.getFirst();
  }

  private Found audited(Api api, JsonNode description) throws IOException, InterruptedException {
    Audit audit = new Audit(earliest(description));
    Format.FRAMES.readAll(api, log, "16Mi", audit::add);
    audit.end(description.get("endOffset").asLong());
    return new Found(audit.next, audit.bases.size());
  }

  private static long earliest(JsonNode description) {
    return description.get("earliestOffset").asLong();
  }

  private Batch batch(long id) {
    Batch batch = sent.get(id);
    if (batch == null) {
      throw new AssertionError("%s has a record of batch %d, which nobody sent".formatted(log, id));
    }
    return batch;
  }

  /**
   * What was found in a log.
   *
   * @param endOffset one after the last record
   * @param batches whole ones
   */
  record Found(long endOffset, int batches) {}

  /** Goes over a log's records once, in order. */
  private final class Audit {

    private final long earliest;
    private final Map<Long, Long> bases = new ConcurrentHashMap<>();
    private long next;
    private long latest;
    private long batch = -1;
    private int index;

    Audit(long earliest) {
      this.earliest = earliest;
      this.next = earliest;
    }

    void add(Received record) {
      require(record, record.offset() == next, "offset");
      require(record, record.time() >= latest, "time");
      latest = record.time();
      Batch of = batch(Batch.id(record.value()));
      int place = Batch.index(record.value());
      // The earliest record may stand within its batch, where the log was trimmed there.
      boolean isFirst = next == earliest && earliest > 0;
      require(record, of.sent(record), "bytes");
      require(record, batch == -1 || batch == of.id(), "batch, within " + batch);
      require(record, isFirst || place == (batch == -1 ? 0 : index), "place in its batch");
      batch = of.id();
      index = place + 1;
      next++;
      if (index == of.count()) {
        Long before = bases.put(batch, record.offset() - place);
        require(record, before == null, "batch, which was there before at " + before);
        batch = -1;
      }
    }

    void end(long endOffset) {
      assertThat(next).as("end of " + log).isEqualTo(endOffset);
      assertThat(batch).as("half a batch at the end of " + log).isEqualTo(-1);
      acknowledged.forEach((id, base) -> {
        boolean gone = base + batch(id).count() <= earliest;
        if (!gone && !base.equals(bases.get(id))) {
          throw new AssertionError(
              "%s: %s was promised at %d and is at %s"
                  .formatted(log, batch(id), base, bases.get(id)));
        }
      });
    }

    private void require(Received record, boolean holds, String what) {
      if (!holds) {
        throw new AssertionError(
            "%s: wrong %s at offset %d, where %d is expected"
                .formatted(log, what, record.offset(), next));
      }
    }
  }
}
