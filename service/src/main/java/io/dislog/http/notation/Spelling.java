package io.dislog.http.notation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of the words that are known a misspelt one may be meant for. */
public final class Spelling {

  /** One letter in so many may be wrong. */
  private static final int LETTERS_PER_MISTAKE = 3;

  /** What is longer is no misspelt word, and comparing it would take long. */
  private static final int MAX_LETTERS = 32;

  private Spelling() {}

  /** The nearest of the known words, or null where none is near. */
  public static @Nullable String nearest(String word, List<String> known) {
    if (word.length() > MAX_LETTERS) {
      return null;
    }
    String nearest = null;
    int least = 1 + Math.max(1, word.length() / LETTERS_PER_MISTAKE);
    for (String candidate : known) {
      int mistakes = mistakes(lower(word), lower(candidate));
      if (mistakes < least) {
        least = mistakes;
        nearest = candidate;
      }
    }
    return nearest;
  }

  /** Letters to be inserted, left out, replaced or, two neighbours, swapped (Damerau, 1964). */
  private static int mistakes(String a, String b) {
    int[][] of = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          of[i][j] = i + j;
          continue;
        }
        int replaced = of[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        of[i][j] = Math.min(replaced, 1 + Math.min(of[i - 1][j], of[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          of[i][j] = Math.min(of[i][j], 1 + of[i - 2][j - 2]);
        }
      }
    }
    return of[a.length()][b.length()];
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
