package io.dislog.raft.rpc;

import io.dislog.commit.Member;
import io.dislog.disk.Digest;
import io.dislog.disk.DiskFile;
import io.dislog.log.StoreOutline;
import io.dislog.shard.ShardOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import io.dislog.shard.ShardSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * A shard as a peer has it, read over the peer's HTTP API. Blocks. For one thread.
 *
 * <pre>
 *   GET      /v1/cluster/shards/N/outline?log=NAME       {@link ShardOutline}, of all logs or one
 *   GET|HEAD /v1/cluster/shards/N/logs/LOG/stores/BASE?id=ID&amp;size=BYTES&amp;from=BYTES
 *            a store's bytes from a position up to another
 *            Dislog-Digest: their SHA-256
 * </pre>
 */
public final class PeerShard implements ShardSource {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(2);

  /** A digest of a large store is made before the first byte comes. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

  private static final long STALL_MILLIS = 60_000;

  private static final int BUFFER_BYTES = 128 << 10;

  private final String base;
  private final Duration patience;
  private final LongConsumer fetched;
  private final HttpClient client;

  /**
   * @param fetched is told how many bytes came
   */
  public PeerShard(Member peer, int shard, LongConsumer fetched) {
    this(
        "http://%s/v1/cluster/shards/%d".formatted(peer.httpAddress(), shard),
        ANSWER_PATIENCE,
        fetched,
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE)
            .build());
  }

  private PeerShard(String base, Duration patience, LongConsumer fetched, HttpClient client) {
    this.base = base;
    this.patience = patience;
    this.fetched = fetched;
    this.client = client;
  }

  /** The same, whose answers, but for the bytes of a whole store, are to come within this. */
  public PeerShard within(Duration quick) {
    return new PeerShard(base, quick, fetched, client);
  }

  @Override
  public ShardOutline outline() throws IOException {
    return outlineAt(base + "/outline");
  }

  @Override
  public ShardOutline outline(String log) throws IOException {
    return outlineAt(base + "/outline?log=" + log);
  }

  private ShardOutline outlineAt(String uri) throws IOException {
    HttpResponse<byte[]> answer = send(request(uri).GET().build(), BodyHandlers.ofByteArray());
    fetched.accept(answer.body().length);
    return ShardOutline.decode(ByteBuffer.wrap(answer.body()));
  }

  @Override
  public String digest(LogOutline log, StoreOutline store) throws IOException {
    HttpRequest request = request(uri(log, store, 0)).HEAD().build();
    return digest(send(request, BodyHandlers.discarding()));
  }

  @Override
  public void copy(LogOutline log, StoreOutline store, DiskFile to) throws IOException {
    HttpRequest request = request(uri(log, store, 0)).GET().build();
    HttpResponse<InputStream> answer = send(request, BodyHandlers.ofInputStream());
    Digest digest = new Digest();
    long size = 0;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = answer.body();
        StallWatch watch = new StallWatch(in, STALL_MILLIS)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        digest.add(bytes);
        to.write(bytes, size);
        size += read;
        watch.at(size);
        fetched.accept(read);
      }
    }
    check(log, store, answer, size, digest);
    to.force();
  }

  @Override
  public ByteBuffer tail(LogOutline log, StoreOutline store, long from) throws IOException {
    HttpRequest request = request(uri(log, store, from)).GET().build();
    HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
    ByteBuffer bytes = ByteBuffer.wrap(answer.body());
    fetched.accept(bytes.remaining());
    Digest digest = new Digest();
    digest.add(bytes);
    check(log, store, answer, from + bytes.remaining(), digest);
    return bytes;
  }

  private static void check(
      LogOutline log, StoreOutline store, HttpResponse<?> answer, long size, Digest digest)
      throws IOException {
    String expected = digest(answer);
    String found = digest.end();
    if (size != store.size() || !found.equals(expected)) {
      throw new IOException(
          "store %d of log %s: expected %d bytes with digest %s, got %d with %s"
              .formatted(store.baseOffset(), log.name(), store.size(), expected, size, found));
    }
  }

  private String uri(LogOutline log, StoreOutline store, long from) {
    String whole =
        "%s/logs/%s/stores/%d?id=%s&size=%d"
            .formatted(base, log.name(), store.baseOffset(), log.id(), store.size());
    return from == 0 ? whole : whole + "&from=" + from; // Which an earlier version does not know.
  }

  private HttpRequest.Builder request(String uri) {
    return HttpRequest.newBuilder(URI.create(uri)).timeout(patience);
  }

  private static String digest(HttpResponse<?> answer) throws IOException {
    return answer
        .headers()
        .firstValue("Dislog-Digest")
        .orElseThrow(() -> new IOException("the peer sent no digest"));
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      HttpResponse<T> answer =
          client.sendAsync(request, body).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("the peer answered %d to %s".formatted(answer.statusCode(), request));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the peer did not answer %s: %s".formatted(request, e), e);
    }
  }
}
