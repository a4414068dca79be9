package io.dislog.operator.status;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A release of the service, by its age: {@code 0.9.0} is older than {@code 0.10.0}, and {@code
 * 1.0.0-rc1} older than {@code 1.0.0}. Immutable.
 *
 * @param parts numbers and words, in their order
 */
record Version(List<Part> parts) implements Comparable<Version> {

  private static final Pattern PART = Pattern.compile("\\d{1,18}|[^\\d.+-]+");

  Version {
    parts = List.copyOf(parts);
  }

  static Version of(String text) {
    return new Version(PART.matcher(text).results().map(part -> Part.of(part.group())).toList());
  }

  @Override
  public int compareTo(Version other) {
    for (int i = 0; i < Math.max(parts.size(), other.parts.size()); i++) {
      int compared = part(i).compareTo(other.part(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private Part part(int index) {
    return index < parts.size() ? parts.get(index) : Part.NOTHING;
  }

  /**
   * A word comes before nothing, since what has one is on its way to that release, and nothing
   * before a number.
   */
  record Part(String word, long number) implements Comparable<Part> {

    static final Part NOTHING = new Part("", -1);

    private static final Comparator<Part> ORDER =
        Comparator.comparing((Part part) -> part.word().isEmpty())
            .thenComparing(Part::word)
            .thenComparingLong(Part::number);

    static Part of(String text) {
      return text.charAt(0) >= '0' && text.charAt(0) <= '9'
          ? new Part("", Long.parseLong(text))
          : new Part(text, 0);
    }

    @Override
    public int compareTo(Part other) {
      return ORDER.compare(this, other);
    }
  }
}
