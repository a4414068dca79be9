package io.dislog.retention;

/** Why a segment is to go. */
public enum Reason {
  MAX_AGE("maxAge"),
  MAX_BYTES("maxBytes"),
  DELETE_PROCESSED("deleteProcessed"),
  DELETE_ARCHIVED("deleteArchived"),
  TRIMMED("trimmed");

  private final String word;

  Reason(String word) {
    this.word = word;
  }

  /** As the API and the metrics name it. */
  public String word() {
    return word;
  }
}
