package io.dislog.bench;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Constants by the words that a user writes for them. Stateless. */
final class Words {

  private Words() {}

  /**
   * Finds the constants that a list names.
   *
   * @param list of words, with commas between them
   * @param none what to say before a word that is no constant's
   * @throws IllegalArgumentException where a word is no constant's
   */
  static <E extends Enum<E>> Set<E> named(Class<E> type, String list, String none) {
    Set<E> named = EnumSet.noneOf(type);
    for (String word : list.split(",", -1)) {
      named.add(
          Arrays.stream(type.getEnumConstants())
              .filter(constant -> word(constant).equals(word))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s '%s', but %s".formatted(none, word, all(type)))));
    }
    return named;
  }

  private static <E extends Enum<E>> String all(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Words::word)
        .collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
