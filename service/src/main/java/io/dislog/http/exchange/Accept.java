package io.dislog.http.exchange;

import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of several formats a client likes best (RFC 9110, 12.5.1). */
public final class Accept {

  private Accept() {}

  /**
   * Chooses a format.
   *
   * @param accept the header, or null where there is none
   * @param offers in the service's own order, which decides between equals
   * @throws ProblemException where none of them is acceptable
   */
  public static String choose(@Nullable String accept, List<String> offers) {
    if (accept == null || accept.isBlank()) {
      return offers.getFirst();
    }
    String best = null;
    double bestQuality = 0;
    for (String offer : offers) {
      double quality = quality(accept, offer);
      if (quality > bestQuality) {
        best = offer;
        bestQuality = quality;
      }
    }
    if (best == null) {
      throw new ProblemException(
          ProblemType.NOT_ACCEPTABLE, "this can be had as " + String.join(", ", offers));
    }
    return best;
  }

  /** What the most specific range that has the offer says of it; 0 where none has it. */
  private static double quality(String accept, String offer) {
    double quality = 0;
    int specificity = -1;
    for (String element : accept.split(",", -1)) {
      MediaType range = MediaType.parse(element);
      int specific = range == null ? -1 : specificity(range.name(), offer);
      if (range != null && specific > specificity) {
        specificity = specific;
        quality = weight(range);
      }
    }
    return quality;
  }

  private static int specificity(String range, String offer) {
    if (range.equals(offer)) {
      return 2;
    }
    if (range.endsWith("/*") && offer.startsWith(range.substring(0, range.length() - 1))) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double weight(MediaType range) {
    String q = range.parameters().get("q");
    if (q == null) {
      return 1;
    }
    return q.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?") ? Double.parseDouble(q) : 0;
  }
}
