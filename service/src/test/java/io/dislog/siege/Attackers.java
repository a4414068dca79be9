package io.dislog.siege;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The attackers' process: for each line that it is told, {@code attack port milliseconds}, it makes
 * that attack, and says in a line what it got. It ends with its input.
 */
final class Attackers {

  private Attackers() {}

  public static void main(String[] args) throws IOException {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      @Nullable String line;
      while ((line = in.readLine()) != null) {
        String[] words = line.split(" ", -1);
        Attack attack = Attacks.named(words[0]);
        Duration length = Duration.ofMillis(Long.parseLong(words[2]));
        System.out.println(new Assault(attack, Integer.parseInt(words[1])).run(length));
      }
    }
  }
}
