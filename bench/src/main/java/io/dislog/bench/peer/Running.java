package io.dislog.bench.peer;

import io.dislog.bench.load.Run;
import io.dislog.bench.load.Span;
import java.io.IOException;

/** A contender that runs, with the one log that records are appended to. For one thread. */
public interface Running extends AutoCloseable {

  /** Appends single records: as many wait for their answer at any time as there are clients. */
  Run singles(int clients, Span span) throws IOException;

  /** Appends batches, each of which is one request of the run, in the same way. */
  Run batches(int clients, Span span) throws IOException;

  /** Closes the clients' connections; the processes end with their site. */
  @Override
  void close() throws IOException;
}
