package io.dislog.raft.rpc;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.proto.RaftProtos.AppendEntriesRequestProto;
import org.jspecify.annotations.Nullable;

/**
 * The requests to append entries that a follower has not answered yet, in their order. Several at
 * once, so that one that catches up need not wait for each; few, for they are in memory. For one
 * thread at a time.
 */
final class InFlight {

  private static final int MOST_REQUESTS = 8;
  private static final long MOST_BYTES = 6 << 20;

  private static final long DISK_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final ArrayDeque<Sent> all = new ArrayDeque<>();
  private long bytes;

  /**
   * One request.
   *
   * @param call its number
   * @param first index of its entries
   * @param next index after them
   * @param nanos when it was sent, as {@link System#nanoTime}
   */
  record Sent(long call, long first, long next, int bytes, long nanos) {

    static Sent of(AppendEntriesRequestProto request) {
      long first = request.getEntries(0).getIndex();
      return new Sent(
          request.getServerRequest().getCallId(),
          first,
          first + request.getEntriesCount(),
          request.getSerializedSize(),
          System.nanoTime());
    }
  }

  /** Whether one more may be sent. */
  boolean hasRoom() {
    return all.size() < MOST_REQUESTS && bytes < MOST_BYTES;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(Sent sent) {
    all.add(sent);
    bytes += sent.bytes();
  }

  /** Takes one out that was answered; says whether it was still among them. */
  boolean remove(Sent sent) {
    boolean there = all.remove(sent);
    if (there) {
      bytes -= sent.bytes();
    }
    return there;
  }

  @Nullable Sent oldest() {
    return all.peek();
  }

  /**
   * Whether no answer will come any more. A follower that answers other questions is at work, and
   * its disk may be slow; to send it the same again would only add to that.
   *
   * @param silentNanos for how long it has answered nothing at all
   */
  boolean isStuck(long silentNanos) {
    Sent oldest = all.peek();
    long age = oldest == null ? 0 : System.nanoTime() - oldest.nanos();
    return age > DISK_NANOS || (age > SILENT_NANOS && silentNanos > SILENT_NANOS);
  }

  /** Gives all up: they are sent again, or what is sent next stands for them. */
  void clear() {
    all.clear();
    bytes = 0;
  }
}
