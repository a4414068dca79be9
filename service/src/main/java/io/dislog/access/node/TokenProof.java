package io.dislog.access.node;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows the token that Kubernetes gives to a node's pod. It holds until it expires, at each node of
 * the cluster; so the end that accepts a connection shows its own only to a node. Safe for use by
 * many threads.
 */
public final class TokenProof implements NodeProof {

  /** The issuer may have to be asked for its keys first. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static final NodeRequest NO_REQUEST = new NodeRequest("", "", "");

  private final ProjectedToken token;
  private final Function<String, CompletionStage<String>> nodes;

  /**
   * @param nodes the node that shows something; fails where none does
   */
  public TokenProof(ProjectedToken token, Function<String, CompletionStage<String>> nodes) {
    this.token = token;
    this.nodes = nodes;
  }

  @Override
  public Kind kind() {
    return Kind.TOKEN;
  }

  @Override
  public byte[] show(ConnectionClaim claim) {
    @Nullable String shown = token.show("", NO_REQUEST);
    return shown == null ? new byte[0] : shown.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void check(ConnectionClaim claim, byte[] shown) throws IOException {
    String node = node(new String(shown, StandardCharsets.UTF_8));
    if (!node.equals(claim.node())) {
      throw new IOException("it has the token of node %s".formatted(node));
    }
  }

  private String node(String shown) throws IOException {
    try {
      return nodes.apply(shown).toCompletableFuture().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      throw new IOException("its token is no node's: " + why.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("whether its token is a node's is not known in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
