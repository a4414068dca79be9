package io.dislog.http.format;

import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.Utf8;
import io.dislog.log.Record;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The headers of one record as they are gathered. Used by one thread.
 *
 * <p>Once they are larger than any log takes, the rest is checked but not kept: what is kept is
 * still too large, and the log, which knows whether the request is a repeat, refuses it.
 */
final class Headers {

  private final int index;
  private final List<Header> headers = new ArrayList<>();
  private final Set<ByteBuffer> names = new HashSet<>();
  private int size;

  /**
   * @param index of the record in its batch
   */
  Headers(int index) {
    this.index = index;
  }

  List<Header> list() {
    return headers;
  }

  /** Adds a header of valid UTF-8, refused where its name can't be one or stands twice. */
  void add(ByteBuffer name, ByteBuffer value) {
    if (!name.hasRemaining()) {
      throw ProblemException.malformed(index, "a header has no name");
    }
    if (Utf8.decode(name).chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.malformed(index, "a header's name has a control character");
    }
    if (size > Record.MAX_META_BYTES) {
      return;
    }
    if (!names.add(name)) {
      throw ProblemException.malformed(index, "a header appears more than once");
    }
    headers.add(new Header(name, value));
    size += name.remaining() + value.remaining();
  }
}
