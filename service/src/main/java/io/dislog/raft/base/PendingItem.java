package io.dislog.raft.base;

import java.util.concurrent.CompletableFuture;

/**
 * An item of an entry, and whoever waits for its answer; nobody does where this node did not
 * propose the entry.
 */
public record PendingItem<R>(Item<R> item, CompletableFuture<R> answer) {

  public PendingItem(Item<R> item) {
    this(item, new CompletableFuture<>());
  }
}
