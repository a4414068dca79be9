package io.dislog.http.stream;

import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.Text;
import io.dislog.shard.LogView;
import org.jspecify.annotations.Nullable;

/**
 * The media type of all that a stream has. Two are the same that differ in their parameters, or in
 * upper and lower case. Immutable.
 *
 * @param text as headers have it, its name in lower case
 */
record ContentType(String text) {

  static final ContentType BYTES = new ContentType(MediaType.BYTES);

  /**
   * Reads a header.
   *
   * @throws ProblemException where it is no media type
   */
  static ContentType of(String header) {
    String type = header.strip();
    if (!MediaType.canBeKept(type)) {
      throw ProblemException.badRequest(
          "Content-Type is not a media type of at most %d characters: %s"
              .formatted(MediaType.MAX_KEPT_CHARACTERS, Text.safe(header)));
    }
    String name = MediaType.nameAlone(type);
    return new ContentType(name + type.substring(name.length()));
  }

  /** That of a log, which has bytes where nobody said what they are. */
  static ContentType of(LogView log) {
    String type = log.traits().contentType();
    return type == null ? BYTES : new ContentType(type);
  }

  boolean isSameAs(ContentType other) {
    return name().equals(other.name());
  }

  boolean isJson() {
    return MediaType.isJson(text);
  }

  boolean isText() {
    return name().startsWith("text/");
  }

  /** How it is kept with a log that is to have it: as a log says it that has the same already. */
  @Nullable String keptBy(@Nullable LogView known) {
    return known != null && isSameAs(of(known)) ? known.traits().contentType() : text;
  }

  private String name() {
    return MediaType.nameAlone(text);
  }
}
