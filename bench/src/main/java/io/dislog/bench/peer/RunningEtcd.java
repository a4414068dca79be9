package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.bench.load.LibraryLoad;
import io.dislog.bench.load.Payload;
import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.kit.Await;
import io.dislog.kit.Member;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.maintenance.StatusResponse;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * A key under measurement, whose history is what appends go to; a batch is a transaction. All
 * clients share a connection, as the threads of an application do, to the server that leads.
 */
final class RunningEtcd implements Running {

  private static final int SECONDS = 30;

  private final ByteSequence key = ByteSequence.from("appends", UTF_8);
  private final ByteSequence value = ByteSequence.from(Payload.bytes(Contender.VALUE_BYTES));

  /** A transaction has no key more than once. */
  private final Op[] batch =
      IntStream.range(0, Contender.BATCH_COUNT)
          .mapToObj(number -> ByteSequence.from("appends-" + number, UTF_8))
          .map(one -> Op.put(one, value, PutOption.DEFAULT))
          .toArray(Op[]::new);

  private final Client client;
  private final KV keys;

  private RunningEtcd(Client client) {
    this.client = client;
    this.keys = client.getKVClient();
  }

  /** Waits until there is a leader. */
  static Running withLeaderOf(List<Member> servers) throws IOException {
    LeaderSearch search = new LeaderSearch(servers);
    if (!Await.holdsWithin(Site.PATIENCE, search::isDone)) {
      throw new IOException("none of its servers leads");
    }
    return new RunningEtcd(client(search.leader.orElseThrow()));
  }

  @Override
  public Run singles(int clients, Span span) throws IOException {
    return new LibraryLoad(span)
        .run(clients, () -> keys.put(key, value).get(SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public Run batches(int clients, Span span) throws IOException {
    return new LibraryLoad(span)
        .run(clients, () -> keys.txn().Then(batch).commit().get(SECONDS, TimeUnit.SECONDS));
  }

  @Override
  public void close() {
    client.close();
  }

  private static Client client(Member server) {
    return Client.builder().endpoints(Etcd.client(server)).build();
  }

  /** Asks each server whether it leads. */
  private static final class LeaderSearch {
    private final List<Member> servers;
    private Optional<Member> leader = Optional.empty();

    LeaderSearch(List<Member> servers) {
      this.servers = servers;
    }

    boolean isDone() throws IOException {
      for (Member server : servers) {
        if (leads(server)) {
          leader = Optional.of(server);
        }
      }
      return leader.isPresent();
    }

    private static boolean leads(Member server) throws IOException {
      try (Client client = client(server)) {
        StatusResponse status =
            client
                .getMaintenanceClient()
                .statusMember(Etcd.client(server))
                .get(SECONDS, TimeUnit.SECONDS);
        return status.getLeader() != 0 && status.getLeader() == status.getHeader().getMemberId();
      } catch (ExecutionException | TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
