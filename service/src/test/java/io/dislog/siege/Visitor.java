package io.dislog.siege;

import java.io.IOException;
import java.time.Duration;
import java.util.function.IntSupplier;

/** One who comes twice a second on a new connection, asks one thing and goes. */
final class Visitor implements AutoCloseable {

  private static final Duration PERIOD = Duration.ofMillis(500);

  private final Calls calls = new Calls();
  private final IntSupplier port;
  private final byte[] request;
  private final Duration patience;
  private final Repeat repeat;

  /**
   * Begins.
   *
   * @param port to go to
   */
  Visitor(IntSupplier port, String path, Duration patience) {
    this.port = port;
    this.request = Requests.get(path, "Connection: close");
    this.patience = patience;
    this.repeat = new Repeat(PERIOD, this::visit);
  }

  Calls calls() {
    return calls;
  }

  @Override
  public void close() {
    repeat.close();
  }

  private void visit(long due) {
    long begin = System.nanoTime();
    try (Connection connection = new Connection(port.getAsInt(), patience)) {
      connection.call(request).is(200);
      calls.answered(begin);
    } catch (IOException e) {
      calls.failed(e);
    }
  }
}
