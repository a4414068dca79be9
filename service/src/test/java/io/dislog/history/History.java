package io.dislog.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that clients did, as they come to know what came of it. For many threads. */
public final class History {

  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  public void add(Operation operation) {
    operations.add(operation);
  }

  /** What was taken down so far, in the order in which it ended, roughly. */
  public List<Operation> operations() {
    return new ArrayList<>(operations);
  }
}
