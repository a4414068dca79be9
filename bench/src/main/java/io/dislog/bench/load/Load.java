package io.dislog.bench.load;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A closed loop: each client sends its next request when the answer to its last one is there. One
 * thread for all clients, because it shares the processors with the server that it measures.
 */
public final class Load {

  private static final long SELECT_MILLIS = 1_000;
  private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final Span span;
  private final Histogram latencies = new Histogram(Run.DIGITS);
  private long start;
  private long end;
  private long answered;
  private long refused;
  private @Nullable String refusal;
  private @Nullable IOException failure;

  /**
   * @param warmUp time in which answers don't count yet
   * @param measured time after that
   * @param mostRequests that count; the run ends early with them
   */
  public Load(Duration warmUp, Duration measured, long mostRequests) {
    this(new Span(warmUp, measured, mostRequests));
  }

  public Load(Span span) {
    this.span = span;
  }

  /**
   * Runs it once.
   *
   * @param requests of one client each, as they go over the wire
   * @throws IOException where a connection breaks, or any request was refused
   */
  public Run run(SocketAddress to, Protocol protocol, List<byte[]> requests) throws IOException {
    List<Client> clients = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (byte[] request : requests) {
        clients.add(Client.connect(selector, to, protocol, request));
      }
      start = System.nanoTime() + span.warmUp().toNanos();
      end = start + span.measured().toNanos();
      for (Client client : clients) {
        client.send();
      }
      loop(selector);
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
    if (refused > 0) {
      throw new IOException("%d requests were refused, such as: %s".formatted(refused, refusal));
    }
    return new Run(latencies, Math.min(end, System.nanoTime()) - start, answered);
  }

  private void loop(Selector selector) throws IOException {
    long heardAt = System.nanoTime();
    while (System.nanoTime() < end && latencies.getTotalCount() < span.mostRequests()) {
      int selected = selector.select(this::proceed, SELECT_MILLIS);
      if (failure != null) {
        throw failure;
      }
      long now = System.nanoTime();
      if (selected > 0) {
        heardAt = now;
      } else if (now - heardAt > SILENCE_NANOS) {
        throw new IOException("no answer came for 30 s");
      }
    }
  }

  private void proceed(SelectionKey key) {
    try {
      Client client = (Client) key.attachment();
      if (client.proceed()) {
        count(System.nanoTime(), client);
        client.send();
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private void count(long now, Client client) {
    answered++;
    String why = client.takeAnswer();
    if (why != null) {
      refused++;
      refusal = why;
    } else if (now >= start && now < end) {
      latencies.recordValue(now - client.sentAt());
    }
  }
}
