package io.dislog.log;

import java.io.Serial;

/** An offset was asked for that the log no longer has, or that it does not have yet. */
public final class OffsetOutOfRangeException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final long offset;
  private final long earliestOffset;
  private final long endOffset;

  public OffsetOutOfRangeException(long offset, long earliestOffset, long endOffset) {
    super(
        "offset %d is outside [%d, %d]".formatted(offset, earliestOffset, endOffset),
        null,
        false,
        false);
    this.offset = offset;
    this.earliestOffset = earliestOffset;
    this.endOffset = endOffset;
  }

  /** Whether the offset was trimmed away, as against not being there yet. */
  public boolean trimmed() {
    return offset < earliestOffset;
  }

  public long offset() {
    return offset;
  }

  public long earliestOffset() {
    return earliestOffset;
  }

  public long endOffset() {
    return endOffset;
  }
}
