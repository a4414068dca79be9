package io.dislog.raft.base;

import java.nio.ByteBuffer;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;
import org.jspecify.annotations.Nullable;

/**
 * What is handed to Ratis as one entry: its bytes, and in memory whatever the proposer wants to see
 * again. Handed over from thread to thread.
 */
public final class Proposed implements Message {

  private final ByteString content;
  private final @Nullable Object proposal;
  private volatile boolean appended;

  /**
   * @param header goes before the bytes
   * @param bytes not to be changed any more
   */
  Proposed(byte[] header, ByteBuffer bytes, @Nullable Object proposal) {
    this.content =
        UnsafeByteOperations.unsafeWrap(header).concat(UnsafeByteOperations.unsafeWrap(bytes));
    this.proposal = proposal;
  }

  @Override
  public ByteString getContent() {
    return content;
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
}
