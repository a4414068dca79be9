package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** What keeps a segment from going. */
public sealed interface Hold {

  /** It is the one that appends go to. */
  record Active() implements Hold {
    @Override
    public String word() {
      return "active";
    }
  }

  /** This consumer has still to process some of it. */
  record Consumer(String name) implements Hold {
    private static final String PREFIX = "consumer:";

    @Override
    public String word() {
      return PREFIX + name;
    }
  }

  /** It is not archived yet. */
  record Unarchived() implements Hold {
    @Override
    public String word() {
      return "unarchived";
    }
  }

  /** What a later version knows of. */
  record Other(String word) implements Hold {}

  /** As the API names it. */
  @JsonValue
  String word();

  /** What a word means. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Hold of(String word) {
    if (word.startsWith(Consumer.PREFIX)) {
      return new Consumer(word.substring(Consumer.PREFIX.length()));
    }
    return switch (word) {
      case "active" -> new Active();
      case "unarchived" -> new Unarchived();
      default -> new Other(word);
    };
  }
}
