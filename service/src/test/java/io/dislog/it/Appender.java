package io.dislog.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that appends batch after batch to one log. An idempotent one repeats what it got no
 * answer to, and now and then what it got one to. For one thread at a time.
 */
final class Appender implements Client {

  private static final int MAX_RECORDS = 20;
  private static final int REPEAT_ONE_IN = 5;

  private final Ledger ledger;
  private final Batch.Kind kind;
  private final @Nullable String producer;
  private final Random random;
  private @Nullable Batch unanswered;
  private long seq;
  private long lastOffset = -1;

  /**
   * @param producer its id, or null where it is not idempotent
   */
  Appender(Ledger ledger, Batch.Kind kind, @Nullable String producer, Random random) {
    this.ledger = ledger;
    this.kind = kind;
    this.producer = producer;
    this.random = random;
  }

  @Override
  public void act(Api api) throws IOException, InterruptedException {
    Batch batch = unanswered;
    if (batch == null) {
      batch = ledger.next(kind, kind == Batch.Kind.SINGLE ? 1 : 1 + random.nextInt(MAX_RECORDS));
      unanswered = producer == null ? null : batch;
    }
    Answer answer = send(api, batch);
    if (answer.status() == 503 || answer.status() == 429) {
      return; // Not taken; whoever is idempotent comes again with it.
    }
    assertThat(answer.status()).as(answer::text).isIn(200, 201);
    ledger.acknowledge(batch, answer);
    long base = answer.number("Dislog-Base-Offset");
    assertThat(base).as("offsets of one client's appends grow").isGreaterThan(lastOffset);
    lastOffset = base;
    unanswered = null;
    if (producer != null) {
      repeatSometimes(api, batch);
      seq++;
    } else {
      assertThat(answer.status()).isEqualTo(201);
    }
  }

  private void repeatSometimes(Api api, Batch batch) throws IOException, InterruptedException {
    if (random.nextInt(REPEAT_ONE_IN) == 0) {
      try {
        Answer again = send(api, batch).is(200);
        assertThat(again.header("Dislog-Duplicate")).isEqualTo("true");
        ledger.acknowledge(batch, again);
      } catch (IOException e) {
        seq++;
        throw e;
      }
    }
  }

  private Answer send(Api api, Batch batch) throws IOException, InterruptedException {
    String log = ledger.log();
    byte[] body = batch.body();
    return producer == null
        ? api.append(log, batch.contentType(), body)
        : api.append(
            log,
            batch.contentType(),
            body,
            "Producer-Id",
            producer,
            "Producer-Epoch",
            "7",
            "Producer-Seq",
            Long.toString(seq));
  }
}
