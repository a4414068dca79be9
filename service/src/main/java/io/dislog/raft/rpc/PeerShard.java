package io.dislog.raft.rpc;

import io.dislog.commit.Member;
import io.dislog.disk.Digest;
import io.dislog.disk.DiskFile;
import io.dislog.log.StoreOutline;
import io.dislog.raft.rpc.PeerHttp.Question;
import io.dislog.shard.ShardOutline;
import io.dislog.shard.ShardOutline.LogOutline;
import io.dislog.shard.ShardSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
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

  /** A digest of a large store is made before the first byte comes. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(60);

  private static final long STALL_MILLIS = 60_000;

  private static final int BUFFER_BYTES = 128 << 10;

  private final PeerHttp http;
  private final Member peer;
  private final String base;
  private final Duration patience;
  private final LongConsumer fetched;

  /**
   * @param fetched is told how many bytes came
   */
  public PeerShard(PeerHttp http, Member peer, int shard, LongConsumer fetched) {
    this(http, peer, "/v1/cluster/shards/" + shard, ANSWER_PATIENCE, fetched);
  }

  private PeerShard(
      PeerHttp http, Member peer, String base, Duration patience, LongConsumer fetched) {
    this.http = http;
    this.peer = peer;
    this.base = base;
    this.patience = patience;
    this.fetched = fetched;
  }

  /** The same, whose answers, but for the bytes of a whole store, are to come within this. */
  public PeerShard within(Duration quick) {
    return new PeerShard(http, peer, base, quick, fetched);
  }

  @Override
  public ShardOutline outline() throws IOException {
    return outlineAt(base + "/outline");
  }

  @Override
  public ShardOutline outline(String log) throws IOException {
    return outlineAt(base + "/outline?log=" + log);
  }

  private ShardOutline outlineAt(String target) throws IOException {
    HttpResponse<byte[]> answer = send("GET", target, BodyHandlers.ofByteArray());
    fetched.accept(answer.body().length);
    return ShardOutline.decode(ByteBuffer.wrap(answer.body()));
  }

  @Override
  public String digest(LogOutline log, StoreOutline store) throws IOException {
    return digest(send("HEAD", target(log, store, 0), BodyHandlers.discarding()));
  }

  @Override
  public void copy(LogOutline log, StoreOutline store, DiskFile to) throws IOException {
    HttpResponse<InputStream> answer =
        send("GET", target(log, store, 0), BodyHandlers.ofInputStream());
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
    HttpResponse<byte[]> answer = send("GET", target(log, store, from), BodyHandlers.ofByteArray());
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

  private String target(LogOutline log, StoreOutline store, long from) {
    String whole =
        "%s/logs/%s/stores/%d?id=%s&size=%d"
            .formatted(base, log.name(), store.baseOffset(), log.id(), store.size());
    return from == 0 ? whole : whole + "&from=" + from; // Which an earlier version does not know.
  }

  private static String digest(HttpResponse<?> answer) throws IOException {
    return answer
        .headers()
        .firstValue("Dislog-Digest")
        .orElseThrow(() -> new IOException("the peer sent no digest"));
  }

  private <T> HttpResponse<T> send(String method, String target, HttpResponse.BodyHandler<T> body)
      throws IOException {
    try {
      Question question =
          new Question(
              peer,
              target,
              request -> request.timeout(patience).method(method, BodyPublishers.noBody()));
      HttpResponse<T> answer =
          http.sendAsync(question, body).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("the peer answered %d to %s".formatted(answer.statusCode(), target));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the peer did not answer %s: %s".formatted(target, e), e);
    }
  }
}
