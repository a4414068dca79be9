package io.dislog.operator.node;

import io.dislog.api.ProblemDocument;
import java.io.Serial;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/** What was asked of a node is not known to be so. Nothing here is a bug of the operator. */
public abstract sealed class NodeException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String why;

  private NodeException(String why, @Nullable Throwable cause) {
    super(why, cause);
    this.why = why;
  }

  /** The message, for people. */
  public String why() {
    return why;
  }

  /** Whether the same may succeed later. */
  public abstract boolean isRetryable();

  /**
   * Whether it was the node that was heard so, or its machine that nobody listens there. Otherwise
   * the way to it may be at fault, of which nothing follows for the node.
   */
  public abstract boolean isNodesWord();

  /** The node was not reached, or did not answer in time: what was asked may be done, or not. */
  public static final class NoAnswer extends NodeException {
    @Serial private static final long serialVersionUID = 1L;
    private final boolean isNodesWord;

    NoAnswer(String node, Throwable cause) {
      super("node %s does not answer: %s".formatted(node, told(cause)), cause);
      isNodesWord = isRefusedConnection(cause);
    }

    /** Whoever answered so is no node, or something between changed what it said. */
    NoAnswer(String node, int status, @Nullable Throwable cause) {
      super(
          "node %s does not answer: %d came with a body that is not a node's"
              .formatted(node, status),
          cause);
      isNodesWord = true;
    }

    @Override
    public boolean isRetryable() {
      return true;
    }

    @Override
    public boolean isNodesWord() {
      return isNodesWord;
    }

    /** Neither a name that is not known nor a network that is not reached is a word of the node. */
    private static boolean isRefusedConnection(Throwable failure) {
      if (!(failure instanceof ConnectException) || failure.getMessage() != null) {
        return false;
      }
      for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof UnresolvedAddressException || cause.getMessage() != null) {
          return false;
        }
      }
      return true;
    }

    /** A refused connection has no message, in Java. */
    private static String told(Throwable cause) {
      String message = cause.getMessage();
      return message == null || message.isEmpty() ? cause.getClass().getSimpleName() : message;
    }
  }

  /** The node answered that it won't, or can't now. */
  public static final class Refused extends NodeException {
    @Serial private static final long serialVersionUID = 1L;
    private final transient ProblemDocument problem;

    Refused(String node, ProblemDocument problem) {
      super(
          "node %s refuses with %d%s"
              .formatted(
                  node,
                  problem.status(),
                  problem.detail().isEmpty() ? "" : ": " + problem.detail()),
          null);
      this.problem = problem;
    }

    @Override
    public boolean isNodesWord() {
      return true;
    }

    public ProblemDocument problem() {
      return problem;
    }

    @Override
    public boolean isRetryable() {
      return problem.retryable();
    }
  }
}
