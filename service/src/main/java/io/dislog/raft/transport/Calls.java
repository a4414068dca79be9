package io.dislog.raft.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What another node is asked over one connection; it answers in any order. Safe for use by many
 * threads.
 */
final class Calls implements Connection.Receiver, Closeable {

  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long GONE_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Nobody waits for longer than this, and what is never answered is not kept for ever. */
  private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Map<Long, Asked> waiting = new ConcurrentHashMap<>();
  private final AtomicLong last = new AtomicLong();
  private final Connection connection;
  private volatile @Nullable IOException end;
  private long pingedNanos;

  /** One question, and since when it waits, as {@link System#nanoTime}. */
  private record Asked(CompletableFuture<ByteBuffer> answer, long nanos) {}

  /**
   * @param link which is this object's from now on
   * @param name of the thread that takes the answers
   */
  Calls(Link link, String name) throws IOException {
    connection = new Connection(link);
    pingedNanos = connection.heardNanos();
    connection.start(name, this);
  }

  /**
   * Asks. Never blocks.
   *
   * @return ends with the answer, by the connection's thread, which must not be held up; or with an
   *     IOException, after which the other node may have heard it or not
   */
  CompletableFuture<ByteBuffer> call(int kind, Payload body) {
    CompletableFuture<ByteBuffer> answer = new CompletableFuture<>();
    long call = last.incrementAndGet();
    waiting.put(call, new Asked(answer, System.nanoTime()));
    try {
      connection.send(Frame.encode(kind, call, body));
      IOException ended = end;
      if (ended != null) { // Maybe before it waited.
        throw ended;
      }
    } catch (IOException e) {
      waiting.remove(call);
      answer.completeExceptionally(e);
    }
    return answer;
  }

  boolean hasEnded() {
    return end != null;
  }

  /**
   * Ends the connection where the other node is gone without a word. One that answers nothing may
   * be at work: it is asked for a sign of life, which it gives at once whatever it does. For one
   * thread, each second.
   */
  void look() {
    long now = System.nanoTime();
    giveUp(now);
    long heard = connection.heardNanos();
    boolean pinged = pingedNanos - heard > 0;
    if (pinged && now - pingedNanos > GONE_NANOS) {
      connection.end(new IOException("the other node gives no sign of life"));
    } else if (!pinged && !waiting.isEmpty() && now - heard > QUIET_NANOS) {
      pingedNanos = now;
      var _ = call(Frame.PING, Payload.EMPTY);
    }
  }

  private void giveUp(long now) {
    List<Asked> late =
        waiting.values().stream().filter(asked -> now - asked.nanos() > MOST_NANOS).toList();
    waiting.values().removeAll(late);
    late.forEach(asked -> asked.answer().completeExceptionally(new IOException("no answer came")));
  }

  @Override
  public void received(Frame frame) throws IOException {
    Asked asked = waiting.remove(frame.call());
    switch (frame.kind()) {
      case Frame.ANSWER -> {
        if (asked != null) {
          asked.answer().complete(frame.body());
        }
      }
      case Frame.REFUSAL -> {
        if (asked != null) {
          String why = StandardCharsets.UTF_8.decode(frame.body()).toString();
          asked.answer().completeExceptionally(new IOException(why));
        }
      }
      default -> throw new IOException("an answer of kind %d is unknown".formatted(frame.kind()));
    }
  }

  @Override
  public void ended(IOException why) {
    end = why;
    waiting.values().forEach(asked -> asked.answer().completeExceptionally(why));
    waiting.clear(); // Whoever comes meanwhile sees that it has ended.
  }

  @Override
  public void close() {
    connection.close();
  }
}
