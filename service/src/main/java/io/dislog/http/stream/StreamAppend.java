package io.dislog.http.stream;

import io.dislog.command.Command;
import io.dislog.command.Command.Append;
import io.dislog.command.Command.Appended;
import io.dislog.command.Command.Close;
import io.dislog.command.Command.ProducerStamp;
import io.dislog.command.Failure;
import io.dislog.command.Rejection;
import io.dislog.commit.Commit;
import io.dislog.http.cluster.DirectAppends;
import io.dislog.http.exchange.Conditions;
import io.dislog.http.exchange.Exchange;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.Batch;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.Problems;
import io.dislog.log.Record;
import io.dislog.shard.LogView;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request that appends to a stream, closes it, or both (5.2 and 5.3). Used by one thread at a
 * time.
 */
final class StreamAppend implements DirectAppends.Request {

  private static final int MAX_SEQUENCE_CHARACTERS = 256;

  private final Commit commit;
  private final Exchange exchange;
  private @Nullable LogView log;
  private @Nullable ProducerStamp producer;

  StreamAppend(Commit commit, Exchange exchange) {
    this.commit = commit;
    this.exchange = exchange;
  }

  @Override
  public CompletionStage<Appended> submit() {
    LogView found = exchange.about(commit.log(String.valueOf(exchange.path().logName())));
    log = found;
    producer = Conditions.producer(exchange);
    return commit.submit(found, command(found)).exceptionally(failure -> repeated(found, failure));
  }

  private Command<Appended> command(LogView of) {
    Long expected = Conditions.expectedOffset(exchange);
    if (exchange.body().hasRemaining()) {
      return append(of, expected);
    }
    if (!closes()) {
      throw new ProblemException(ProblemType.EMPTY_BATCH, "the body is empty");
    }
    return new Close(expected, producer);
  }

  /** Of a closed stream nothing else is looked at: it is refused, or is a producer's repeat. */
  private Append append(LogView of, @Nullable Long expected) {
    if (of.closed()) {
      Record unseen = new Record(null, List.of(), exchange.body());
      return new Append(List.of(unseen), expected, producer, null, closes(), unseen.valueSize());
    }
    ContentType type = ContentType.of(of);
    checkType(type);
    Batch batch = StreamBody.read(exchange, type, of.config().maxRecordBytes());
    if (batch.count() == 0) {
      throw new ProblemException(ProblemType.EMPTY_BATCH, "the body is an empty array");
    }
    return new Append(batch.records(), expected, producer, sequence(), closes(), batch.size());
  }

  private void checkType(ContentType type) {
    String sent = exchange.header("Content-Type");
    if (sent == null || sent.isBlank()) {
      throw ProblemException.badRequest("Content-Type is missing; the stream's is " + type.text());
    }
    if (!ContentType.of(sent).isSameAs(type)) {
      throw new ProblemException(
          ProblemType.LOG_CONFIG_DIFFERS, "the stream's content type is " + type.text());
    }
  }

  private boolean closes() {
    return StreamHeader.isTrue(exchange.header(StreamHeader.CLOSED));
  }

  private @Nullable String sequence() {
    String sequence = exchange.header(StreamHeader.SEQUENCE);
    if (sequence != null && (sequence.isEmpty() || sequence.length() > MAX_SEQUENCE_CHARACTERS)) {
      throw ProblemException.badRequest(
          "Stream-Seq must have 1 to %d characters".formatted(MAX_SEQUENCE_CHARACTERS));
    }
    return sequence;
  }

  /** To the protocol, a request that is too old to be remembered is a repeat like others. */
  private static Appended repeated(LogView of, Throwable failure) {
    if (Failure.cause(failure) instanceof Rejection.SequenceTooOld old) {
      return new Appended(of.extent().endOffset(), 0, 0, true, old.lastSeq());
    }
    throw failure instanceof CompletionException wrapped
        ? wrapped
        : new CompletionException(failure);
  }

  @Override
  public void answer(Appended appended) {
    LogView of = Objects.requireNonNull(log);
    boolean closed = of.closed();
    long next = appended.duplicate() ? of.extent().endOffset() : appended.nextOffset();
    exchange.with(StreamHeader.NEXT_OFFSET, StreamOffset.print(next));
    if (closed) {
      exchange.with(StreamHeader.CLOSED, "true");
    }
    ProducerStamp by = producer;
    if (by != null) {
      exchange
          .with(StreamHeader.PRODUCER_EPOCH, Long.toString(by.epoch()))
          .with(StreamHeader.PRODUCER_SEQ, Long.toString(appended.lastSeq()));
    }
    exchange.send(by != null && !appended.duplicate() && appended.count() > 0 ? 200 : 204);
  }

  @Override
  public Problem refusal(Throwable failure) {
    Problem problem = Problems.of(failure);
    return switch (Failure.cause(failure)) {
      case Rejection.LogClosed closed -> withEnd(problem);
      case Rejection.ProducerFenced fenced ->
          problem.withHeader(StreamHeader.PRODUCER_EPOCH, Long.toString(fenced.currentEpoch()));
      case Rejection.SequenceGap gap when gap.inNewEpoch() ->
          Problem.of(
              ProblemType.BAD_REQUEST,
              "an epoch begins with sequence 0, not with %d".formatted(gap.seq()));
      case Rejection.SequenceGap gap ->
          problem
              .withHeader(StreamHeader.EXPECTED_SEQ, Long.toString(gap.expectedSeq()))
              .withHeader(StreamHeader.RECEIVED_SEQ, Long.toString(gap.seq()));
      default -> problem;
    };
  }

  private Problem withEnd(Problem problem) {
    Problem closed = problem.withHeader(StreamHeader.CLOSED, "true");
    LogView of = log;
    return of == null
        ? closed
        : closed.withHeader(StreamHeader.NEXT_OFFSET, StreamOffset.print(of.extent().endOffset()));
  }
}
