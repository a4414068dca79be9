package io.dislog.bench.peer;

import io.dislog.bench.load.LibraryLoad;
import io.dislog.bench.load.Payload;
import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.kit.Await;
import io.dislog.kit.Member;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Options;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stream under measurement. All clients share a connection, as the threads of an application do,
 * to the server that leads the stream.
 */
final class RunningNats implements Running {

  private static final int SECONDS = 30;
  private static final String STREAM = "appends";

  private final byte[] value = Payload.bytes(Contender.VALUE_BYTES);
  private final Connection connection;
  private final JetStream stream;

  private RunningNats(Connection connection) throws IOException {
    this.connection = connection;
    this.stream = connection.jetStream();
  }

  /** Creates a stream that all servers have, and waits until one of them leads it. */
  static Running onNewStream(List<Member> servers) throws IOException {
    Connection any = connect(servers.getFirst());
    try {
      Creation creation = new Creation(any, servers);
      if (!Await.holdsWithin(Site.PATIENCE, creation::isDone)) {
        throw new IOException("its stream can't be created: " + creation.failure);
      }
      return new RunningNats(connect(creation.leader.orElseThrow()));
    } finally {
      close(any);
    }
  }

  @Override
  public Run singles(int clients, Span span) throws IOException {
    return new LibraryLoad(span).run(clients, () -> publish().get(SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public Run batches(int clients, Span span) throws IOException {
    return new LibraryLoad(span).run(clients, this::publishBatch);
  }

  private Future<PublishAck> publish() {
    return stream.publishAsync(STREAM, value);
  }

  private void publishBatch() throws Exception {
    List<Future<PublishAck>> answers = new ArrayList<>();
    for (int count = 0; count < Contender.BATCH_COUNT; count++) {
      answers.add(publish());
    }
    for (Future<PublishAck> answer : answers) {
      answer.get(SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() throws IOException {
    close(connection);
  }

  private static void close(Connection connection) throws IOException {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Connection connect(Member server) throws IOException {
    Options options =
        new Options.Builder()
            .server("nats://%s:%d".formatted(server.host(), server.http()))
            .connectionTimeout(Site.PATIENCE)
            .requestCleanupInterval(Site.PATIENCE) // Publishing gives up after it.
            .noReconnect()
            .build();
    try {
      return io.nats.client.Nats.connect(options);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Servers that have just been started have no leader, and know too few others, for a while. */
  private static final class Creation {

    /** What is asked before there is a leader, nobody answers. */
    private static final JetStreamOptions SOON =
        JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build();

    private final Connection connection;
    private final List<Member> servers;
    private Optional<Member> leader = Optional.empty();
    private @Nullable Exception failure;

    Creation(Connection connection, List<Member> servers) {
      this.connection = connection;
      this.servers = servers;
    }

    boolean isDone() {
      try {
        leader = leader(connection.jetStreamManagement(SOON).addStream(configuration()));
      } catch (IOException | JetStreamApiException e) {
        failure = e;
      }
      return leader.isPresent();
    }

    /** A stream that is there with this configuration is no error: it is told of. */
    private StreamConfiguration configuration() {
      return StreamConfiguration.builder()
          .name(STREAM)
          .subjects(STREAM)
          .storageType(StorageType.File)
          .replicas(servers.size())
          .build();
    }

    private Optional<Member> leader(StreamInfo info) {
      if (servers.size() == 1) {
        return Optional.of(servers.getFirst());
      }
      return Optional.ofNullable(info.getClusterInfo())
          .flatMap(cluster -> Optional.ofNullable(cluster.getLeader()))
          .flatMap(name -> servers.stream().filter(one -> one.id().equals(name)).findFirst());
    }
  }
}
