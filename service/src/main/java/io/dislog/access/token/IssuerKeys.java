package io.dislog.access.token;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer, asked for again and again, and sooner where a token is signed by another
 * one. Safe for use by many threads.
 *
 * <p>What the issuer says takes the place of what it said before: a key that it withdrew is none
 * any more. While it can't be asked, what it said last stays.
 */
final class IssuerKeys {

  private static final System.Logger LOGGER = System.getLogger(IssuerKeys.class.getName());

  /** Between two questions, so that nobody has an issuer asked by showing unknown keys. */
  private static final long LEAST_MILLIS = Duration.ofSeconds(10).toMillis();

  /** After which what the issuer said is asked for again. */
  private static final long USUAL_MILLIS = Duration.ofMinutes(10).toMillis();

  private final Issuer issuer;
  private final IssuerClient client;
  private final KeysFile file;
  private final InstantSource clock;
  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<Void> asking;
  private long askedAt = Long.MIN_VALUE / 2;
  private boolean isSilent;

  /**
   * Begins with what the issuer said last.
   *
   * @param file where that is kept
   */
  IssuerKeys(Issuer issuer, KeysFile file, InstantSource clock) {
    this.issuer = issuer;
    this.client = new IssuerClient(issuer);
    this.file = file;
    this.clock = clock;
    IssuerDocument kept = file.read();
    known = kept == null ? null : known(kept);
  }

  /**
   * What is known of an issuer.
   *
   * @param said by itself
   */
  record Known(IssuerDocument said, List<JsonWebKey> keys) {

    /** What its tokens call it. */
    String issuer() {
      return said.issuer();
    }
  }

  /** What the issuer said last; null where it never said anything. */
  @Nullable Known known() {
    return known;
  }

  /** Asks the issuer where that is due: seldom or, while it was never reached, often. */
  void askWhereDue() {
    long since = known == null ? LEAST_MILLIS : USUAL_MILLIS;
    if (clock.millis() - lastAsked() >= since) {
      var _ = ask();
    }
  }

  private synchronized long lastAsked() {
    return askedAt;
  }

  /**
   * Asks the issuer, unless it was asked just now.
   *
   * @return ends once it has answered, or did not
   */
  synchronized CompletableFuture<Void> ask() {
    CompletableFuture<Void> under = asking;
    if (under != null && !under.isDone()) {
      return under;
    }
    if (clock.millis() - askedAt < LEAST_MILLIS) {
      return CompletableFuture.completedFuture(null);
    }
    askedAt = clock.millis();
    CompletableFuture<Void> begun = new CompletableFuture<>();
    asking = begun;
    Thread.ofVirtual()
        .start(() -> {
          refresh();
          begun.complete(null);
        });
    return begun;
  }

  private void refresh() {
    try {
      IssuerDocument said = client.ask();
      Known found = known(said);
      if (found == null) {
        throw new IOException("its keys can't be read");
      }
      Known before = known;
      boolean isNews = before == null || !before.said().equals(said);
      known = found;
      isSilent = false;
      if (isNews) {
        file.write(said);
      }
    } catch (IOException | RuntimeException e) {
      if (!isSilent) {
        isSilent = true;
        LOGGER.log(
            System.Logger.Level.WARNING,
            "Issuer {0} can''t be asked for its keys, and {1}: {2}",
            issuer.name(),
            known == null ? "no token of it can be checked" : "those that it had stay",
            String.valueOf(e));
      }
    }
  }

  private static @Nullable Known known(IssuerDocument said) {
    try {
      return new Known(said, List.copyOf(new JsonWebKeySet(said.keys()).getJsonWebKeys()));
    } catch (JoseException | RuntimeException e) {
      return null;
    }
  }
}
