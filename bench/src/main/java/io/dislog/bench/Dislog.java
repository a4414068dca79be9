package io.dislog.bench;

import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import io.dislog.bench.peer.Contender;
import io.dislog.bench.peer.Running;
import io.dislog.bench.peer.Site;
import java.io.Closeable;
import java.io.IOException;

/** The service beside its peers: one node, or a cluster, whose leader has the clients. */
final class Dislog implements Contender {

  private static final String LOG = "appends";

  private final Stage stage;

  Dislog(Stage stage) {
    this.stage = stage;
  }

  @Override
  public String name() {
    return "Dislog, fsync (default)";
  }

  @Override
  public Running start(Site site) throws IOException {
    if (site.nodes() == 1) {
      Server server = Server.service(stage.project(), site.folder(), stage.options());
      return running(() -> server, server::close);
    }
    Cluster cluster = Cluster.start(stage, site.folder());
    return running(() -> cluster.leaderOf(LOG), cluster::close);
  }

  private static Running running(Leader leader, Closeable servers) throws IOException {
    try {
      Server server = leader.find();
      return new OfServers(
          Workload.oneLog(server, LOG, 1, VALUE_BYTES), Workload.batches(server, LOG), servers);
    } catch (IOException e) {
      servers.close();
      throw e;
    }
  }

  /** Finds the server that has the clients. */
  private interface Leader {
    Server find() throws IOException;
  }

  private record OfServers(Workload appends, Workload batches, Closeable servers)
      implements Running {

    @Override
    public Run singles(int clients, Span span) throws IOException {
      return appends.by(clients).run(span);
    }

    @Override
    public Run batches(int clients, Span span) throws IOException {
      return batches.by(clients).run(span);
    }

    @Override
    public void close() throws IOException {
      servers.close();
    }
  }
}
