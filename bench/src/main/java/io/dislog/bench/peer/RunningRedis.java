package io.dislog.bench.peer;

import io.dislog.bench.load.Load;
import io.dislog.bench.load.Payload;
import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Collections;

/** A stream under measurement: each client has its connection, and sends a batch as a pipeline. */
final class RunningRedis implements Running {

  private final SocketAddress address;
  private final int copies;

  /**
   * @param copies replicas that must have a record before its append counts
   */
  RunningRedis(SocketAddress address, int copies) {
    this.address = address;
    this.copies = copies;
  }

  @Override
  public Run singles(int clients, Span span) throws IOException {
    return run(clients, 1, span);
  }

  @Override
  public Run batches(int clients, Span span) throws IOException {
    return run(clients, Contender.BATCH_COUNT, span);
  }

  private Run run(int clients, int records, Span span) throws IOException {
    RedisProtocol protocol = new RedisProtocol(records, copies);
    byte[] request = protocol.request("appends", Payload.bytes(Contender.VALUE_BYTES));
    return new Load(span).run(address, protocol, Collections.nCopies(clients, request));
  }

  @Override
  public void close() {}
}
