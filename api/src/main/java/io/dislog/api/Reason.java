package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Why a segment is to go. Not an enumeration, since a later version may know of further ones.
 *
 * @param word as the API and the metrics name it
 */
public record Reason(@JsonValue String word) {

  public static final Reason MAX_AGE = new Reason("maxAge");
  public static final Reason MAX_BYTES = new Reason("maxBytes");
  public static final Reason DELETE_PROCESSED = new Reason("deleteProcessed");
  public static final Reason DELETE_ARCHIVED = new Reason("deleteArchived");
  public static final Reason TRIMMED = new Reason("trimmed");

  /** Those that this version knows. */
  public static final List<Reason> KNOWN =
      List.of(MAX_AGE, MAX_BYTES, DELETE_PROCESSED, DELETE_ARCHIVED, TRIMMED);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Reason {}
}
