package io.dislog.raft.base;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * What is handed to Ratis as one entry: its bytes, and in memory whatever the proposer wants to see
 * again. Handed over from thread to thread.
 */
public final class Proposed implements Message {

  /** What became of it. */
  public enum Outcome {
    /** It was committed, and applied here. */
    APPLIED,
    /** It was not committed, and never will be. */
    OVERWRITTEN,
    /** It may have been committed, and this node does not see it. */
    UNKNOWN
  }

  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final ByteString content;
  private final ByteBuffer whole;
  private final @Nullable Object proposal;
  private volatile boolean appended;

  /**
   * @param header goes before the bytes
   * @param bytes not to be changed any more
   * @param whole of which the bytes are a part, or all
   */
  Proposed(byte[] header, ByteBuffer bytes, ByteBuffer whole, @Nullable Object proposal) {
    this.content =
        UnsafeByteOperations.unsafeWrap(header).concat(UnsafeByteOperations.unsafeWrap(bytes));
    this.whole = whole;
    this.proposal = proposal;
  }

  @Override
  public ByteString getContent() {
    return content;
  }

  ByteBuffer whole() {
    return whole.duplicate();
  }

  public @Nullable Object proposal() {
    return proposal;
  }

  /** It goes into this node's raft log: from now on it may be committed, by whomever. */
  public void appended() {
    appended = true;
  }

  public boolean wasAppended() {
    return appended;
  }

  /** It shows what became of it; the first word counts. */
  public void end(Outcome became) {
    outcome.complete(became);
  }

  /** Ends once it shows what became of it, where it went into this node's raft log. */
  public CompletableFuture<Outcome> outcome() {
    return outcome.copy();
  }
}
