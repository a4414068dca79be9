package io.dislog.http.server;

import io.dislog.command.Rejection;
import io.dislog.disk.DamageException;
import io.dislog.disk.StorageFullException;
import io.dislog.disk.TooManyFilesException;
import io.dislog.http.exchange.Problem;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.log.LogFailedException;
import io.dislog.log.OffsetOutOfRangeException;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;

/** What exceptions mean to clients: the only place where the one becomes the other. */
public final class Problems {

  private static final Logger LOG = Logger.getLogger(Problems.class);

  private static final FailureLog FAILURES = new FailureLog(LOG::error, System::nanoTime);

  private Problems() {}

  public static Problem of(Throwable failure) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case ProblemException refused -> refused.problem();
      case Rejection rejection -> of(rejection);
      case OffsetOutOfRangeException range -> of(range);
      case StorageFullException full ->
          Problem.of(ProblemType.STORAGE_FULL, "the disk has no room for more records");
      case TooManyFilesException none ->
          Problem.of(
              ProblemType.TOO_MANY_FILES, String.valueOf(none.getMessage()) + "; nothing was done");
      case LogFailedException failed -> logFailed(failed);
      case DamageException damage -> logFailed(damage);
      case WebApplicationException framework -> of(framework);
      default -> internal(failure);
    };
  }

  private static Problem of(Rejection rejection) {
    String detail = Objects.requireNonNull(rejection.getMessage());
    return switch (rejection) {
      case Rejection.LogRetired r -> Problem.of(ProblemType.LOG_RETIRED, detail);
      case Rejection.UnknownLog r -> Problem.of(ProblemType.UNKNOWN_LOG, detail);
      case Rejection.LogUnavailable r -> Problem.of(ProblemType.LOG_FAILED, detail);
      case Rejection.LogConfigDiffers r -> Problem.of(ProblemType.LOG_CONFIG_DIFFERS, detail);
      case Rejection.UnknownConsumer r -> Problem.of(ProblemType.UNKNOWN_CONSUMER, detail);
      case Rejection.ConsumerMoved r -> {
        Problem moved = Problem.of(ProblemType.CONSUMER_MOVED, detail);
        Long offset = r.offset();
        yield offset == null ? moved : moved.with("offset", offset);
      }
      case Rejection.OffsetMismatch r ->
          Problem.of(ProblemType.OFFSET_MISMATCH, detail).with("endOffset", r.endOffset());
      case Rejection.LogClosed r -> Problem.of(ProblemType.LOG_CLOSED, detail);
      case Rejection.SequenceRegression r -> Problem.of(ProblemType.SEQUENCE_TOO_OLD, detail);
      case Rejection.SequenceTooOld r -> Problem.of(ProblemType.SEQUENCE_TOO_OLD, detail);
      case Rejection.SequenceGap r ->
          Problem.of(ProblemType.SEQUENCE_GAP, detail).with("expectedSeq", r.expectedSeq());
      case Rejection.ProducerFenced r ->
          Problem.of(ProblemType.PRODUCER_FENCED, detail).with("currentEpoch", r.currentEpoch());
      case Rejection.ProducerOwned r -> Problem.of(ProblemType.FORBIDDEN, detail);
      case Rejection.TooManyProducers r -> Problem.of(ProblemType.TOO_MANY_PRODUCERS, detail);
      case Rejection.RecordTooLarge r ->
          Problem.of(ProblemType.RECORD_TOO_LARGE, detail)
              .with("limit", r.limit())
              .with("index", r.index());
      case Rejection.StorageReserved r -> Problem.of(ProblemType.STORAGE_FULL, detail);
      case Rejection.TooBusy r -> Problem.of(ProblemType.TOO_BUSY, detail);
      case Rejection.LimitReached r -> Problem.of(ProblemType.TOO_BUSY, detail);
      case Rejection.NoLeader r -> {
        Problem none = Problem.of(ProblemType.NO_LEADER, detail);
        yield r.certain() ? none.withHeader(Peers.NOT_LEADER, "true") : none;
      }
      case Rejection.NotReady r -> Problem.of(ProblemType.NOT_READY, detail);
    };
  }

  private static Problem of(OffsetOutOfRangeException range) {
    return range.trimmed()
        ? Problem.of(
                ProblemType.OFFSET_TRIMMED,
                "offset %d is below the earliest, %d"
                    .formatted(range.offset(), range.earliestOffset()))
            .with("earliestOffset", range.earliestOffset())
        : Problem.of(
                ProblemType.OFFSET_BEYOND_END,
                "offset %d is beyond the end, %d".formatted(range.offset(), range.endOffset()))
            .with("endOffset", range.endOffset());
  }

  private static Problem of(WebApplicationException framework) {
    return switch (framework) {
      case NotFoundException e -> Problem.of(ProblemType.NOT_FOUND, "there is nothing here");
      case NotAllowedException e ->
          Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the method does not apply here");
      case NotAcceptableException e ->
          Problem.of(ProblemType.NOT_ACCEPTABLE, "no acceptable format");
      case NotSupportedException e ->
          Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the format is not supported");
      default ->
          framework.getResponse().getStatus() / 100 == 4
              ? Problem.of(ProblemType.BAD_REQUEST, "the request can't be understood")
              : internal(framework);
    };
  }

  private static Problem logFailed(Exception failure) {
    String id = UUID.randomUUID().toString();
    FAILURES.tell(failure, "A log failed", id);
    return Problem.of(ProblemType.LOG_FAILED, "the log's files failed; the service's log says more")
        .with("id", id);
  }

  private static Problem internal(Throwable failure) {
    String id = UUID.randomUUID().toString();
    FAILURES.tell(failure, "A request failed", id);
    return Problem.of(ProblemType.INTERNAL, "the service's log says more under this id")
        .with("id", id);
  }
}
