package io.dislog.access.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token that Kubernetes gives to this node's pod, for nodes of its cluster alone. Kubernetes
 * writes a new one before the last has expired. Safe for use by many threads.
 */
public final class ProjectedToken implements NodeCredential {

  private static final long LOOK_NANOS = Duration.ofSeconds(10).toNanos();

  private static final Pattern SHOWN =
      Pattern.compile("node=\"([a-z0-9][a-z0-9._-]{0,127})\", token=\"([A-Za-z0-9._-]+)\"");

  private final String self;
  private final Path file;
  private volatile Read last = new Read(null, System.nanoTime() - LOOK_NANOS);

  /**
   * @param self this node's id
   */
  public ProjectedToken(String self, Path file) {
    this.self = self;
    this.file = file;
  }

  private record Read(@Nullable String shown, long at) {}

  /**
   * What a node shows.
   *
   * @param node its id, as it says
   */
  public record Shown(String node, String token) {

    /** Reads a header; null where it is none of these. */
    public static @Nullable Shown parse(String header) {
      Matcher matcher = SHOWN.matcher(header);
      return matcher.matches() ? new Shown(matcher.group(1), matcher.group(2)) : null;
    }
  }

  @Override
  public @Nullable String show(String peer, NodeRequest request) {
    Read read = last;
    if (System.nanoTime() - read.at() >= LOOK_NANOS) {
      read = new Read(read(), System.nanoTime());
      last = read;
    }
    return read.shown();
  }

  private @Nullable String read() {
    try {
      return "node=\"%s\", token=\"%s\"".formatted(self, Files.readString(file).strip());
    } catch (IOException e) {
      return last.shown(); // Which may hold a while longer.
    }
  }

  @Override
  public boolean learn(String peer, @Nullable String shown, String nonce) {
    return false;
  }
}
