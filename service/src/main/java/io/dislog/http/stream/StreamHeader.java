package io.dislog.http.stream;

import org.jspecify.annotations.Nullable;

/** The headers that the protocol adds to HTTP. */
final class StreamHeader {

  static final String NEXT_OFFSET = "Stream-Next-Offset";
  static final String UP_TO_DATE = "Stream-Up-To-Date";
  static final String CLOSED = "Stream-Closed";
  static final String CURSOR = "Stream-Cursor";
  static final String SEQUENCE = "Stream-Seq";
  static final String TTL = "Stream-TTL";
  static final String EXPIRES_AT = "Stream-Expires-At";
  static final String FORKED_FROM = "Stream-Forked-From";
  static final String FORK_OFFSET = "Stream-Fork-Offset";
  static final String FORK_SUB_OFFSET = "Stream-Fork-Sub-Offset";
  static final String DATA_ENCODING = "Stream-SSE-Data-Encoding";
  static final String PRODUCER_EPOCH = "Producer-Epoch";
  static final String PRODUCER_SEQ = "Producer-Seq";
  static final String EXPECTED_SEQ = "Producer-Expected-Seq";
  static final String RECEIVED_SEQ = "Producer-Received-Seq";

  private StreamHeader() {}

  /** Whether a header says true; it says nothing where its value is any other (4.1). */
  static boolean isTrue(@Nullable String value) {
    return "true".equalsIgnoreCase(value);
  }
}
