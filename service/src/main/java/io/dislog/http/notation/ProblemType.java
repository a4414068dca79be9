package io.dislog.http.notation;

/** Every kind of refusal that the service gives, as it is named to clients. */
public enum ProblemType {
  BAD_REQUEST("bad-request", 400, false, "The request can't be understood"),
  INVALID_LOG_NAME("invalid-log-name", 400, false, "Not a log's name"),
  INVALID_CONSUMER_NAME("invalid-consumer-name", 400, false, "Not a consumer's name"),
  INVALID_CONFIG("invalid-config", 400, false, "Not a configuration"),
  MALFORMED_BATCH("malformed-batch", 400, false, "The batch can't be read"),
  EMPTY_BATCH("empty-batch", 400, false, "The batch has no records"),
  UNAUTHENTICATED("unauthenticated", 401, false, "The request does not say who asks"),
  FORBIDDEN("forbidden", 403, false, "Whoever asks may not do that"),
  PRODUCER_FENCED("producer-fenced", 403, false, "A newer epoch of the producer took over"),
  FORBIDDEN_ORIGIN("forbidden-origin", 403, false, "Pages of that origin may not ask this"),
  NOT_FOUND("not-found", 404, false, "There is nothing here"),
  UNKNOWN_LOG("unknown-log", 404, false, "There is no such log"),
  UNKNOWN_RECORD("unknown-record", 404, false, "The record is not written yet"),
  UNKNOWN_CONSUMER("unknown-consumer", 404, false, "There is no such consumer"),
  METHOD_NOT_ALLOWED("method-not-allowed", 405, false, "The method does not apply here"),
  NOT_ACCEPTABLE("not-acceptable", 406, false, "No acceptable format"),
  TOO_SLOW("too-slow", 408, true, "The request came too slowly"),
  LOG_CONFIG_DIFFERS("log-config-differs", 409, false, "The log has another configuration"),
  SEQUENCE_TOO_OLD("sequence-too-old", 409, false, "The request is too old to be remembered"),
  SEQUENCE_GAP("sequence-gap", 409, false, "An earlier request is missing"),
  LOG_CLOSED("log-closed", 409, false, "The log is closed"),
  LOG_RETIRED("log-retired", 410, false, "The log was deleted, and has forks"),
  OFFSET_TRIMMED("offset-trimmed", 410, false, "The offset was trimmed away"),
  OFFSET_MISMATCH("offset-mismatch", 412, false, "The end offset is another one"),
  CONSUMER_MOVED("consumer-moved", 412, false, "The consumer stands elsewhere"),
  RECORD_TOO_LARGE("record-too-large", 413, false, "The record is too large"),
  BATCH_TOO_LARGE("batch-too-large", 413, false, "The body is too large"),
  URI_TOO_LONG("uri-too-long", 414, false, "The request line is too long"),
  UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, false, "The format is not supported"),
  OFFSET_BEYOND_END("offset-beyond-end", 416, false, "The offset lies beyond the end"),
  WRONG_HOST("wrong-host", 421, false, "The service is not known by that name"),
  TOO_BUSY("too-busy", 429, true, "Too much is waiting"),
  TOO_MANY_PRODUCERS("too-many-producers", 429, true, "The log remembers no more producers"),
  HEADERS_TOO_LARGE("headers-too-large", 431, false, "The headers are too large"),
  INTERNAL("internal", 500, false, "The service failed"),
  NOT_IMPLEMENTED("not-implemented", 501, false, "The transfer coding is not known"),
  NO_LEADER("no-leader", 503, true, "There is no quorum"),
  NOT_READY("not-ready", 503, true, "The service is not ready"),
  TOO_MANY_FILES("too-many-files", 503, true, "The process has no file descriptor left"),
  LOG_FAILED("log-failed", 503, false, "The log's files failed"),
  STORAGE_FULL("storage-full", 507, true, "The disk is full");

  private final String slug;
  private final int status;
  private final boolean retryable;
  private final String title;

  ProblemType(String slug, int status, boolean retryable, String title) {
    this.slug = slug;
    this.status = status;
    this.retryable = retryable;
    this.title = title;
  }

  /** The type of a slug. */
  public static ProblemType of(String slug) {
    for (ProblemType type : values()) {
      if (type.slug.equals(slug)) {
        return type;
      }
    }
    throw new IllegalArgumentException("there is no problem '" + slug + "'");
  }

  /** The last segment of its URI; also what the metrics call it. */
  public String slug() {
    return slug;
  }

  public String uri() {
    return "/problems/" + slug;
  }

  public int status() {
    return status;
  }

  public boolean retryable() {
    return retryable;
  }

  public String title() {
    return title;
  }
}
