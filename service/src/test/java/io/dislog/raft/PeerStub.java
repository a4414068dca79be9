package io.dislog.raft;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.dislog.commit.Member;
import io.dislog.disk.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** Serves what a replica holds over HTTP, as a node does, and breaks when it is told to. */
public final class PeerStub implements AutoCloseable {

  private final Rehearsal replica;
  private final HttpServer server;
  private int answers;
  private int broken = Integer.MAX_VALUE;
  private boolean flipping;

  public PeerStub(Rehearsal replica) throws IOException {
    this.replica = replica;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/cluster/shards/0/", this::answer);
    server.start();
  }

  public Member member() {
    String host = server.getAddress().getAddress().getHostAddress();
    return new Member("peer", host, 0, server.getAddress().getPort());
  }

  /** How many answers there were since this was asked last. */
  public synchronized int countAnswers() {
    int before = answers;
    answers = 0;
    return before;
  }

  public synchronized void breakAfter(int answersToCome) {
    broken = answers + answersToCome;
  }

  public synchronized void mend() {
    broken = Integer.MAX_VALUE;
  }

  public synchronized void flipABit() {
    flipping = true;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (answers++ >= broken) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
      String path = exchange.getRequestURI().getPath();
      if (path.endsWith("/outline")) {
        String log = exchange.getRequestURI().getQuery();
        ByteBuffer outline =
            (log == null ? replica.outline() : replica.outline(log.replace("log=", ""))).encode();
        byte[] bytes = new byte[outline.remaining()];
        outline.get(bytes);
        send(exchange, bytes);
      } else {
        sendStore(exchange, path.split("/"));
      }
    }
  }

  private void sendStore(HttpExchange exchange, String[] path) throws IOException {
    String log = path[6];
    long base = Long.parseLong(path[8]);
    String query = exchange.getRequestURI().getQuery();
    int size = Integer.parseInt(query.replaceAll(".*size=|&from.*", ""));
    int from = query.contains("&from=") ? Integer.parseInt(query.replaceAll(".*from=", "")) : 0;
    Path store = Objects.requireNonNull(replica.log(log).store(base));
    exchange
        .getResponseHeaders()
        .set("Dislog-Digest", Digest.of(replica.disk(), store, from, size));
    byte[] bytes = Arrays.copyOfRange(replica.disk().content(store), from, size);
    if (flipping) {
      bytes[bytes.length / 2] ^= 1;
    }
    send(exchange, bytes);
  }

  private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
