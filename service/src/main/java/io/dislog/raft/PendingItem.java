package io.dislog.raft;

import java.util.concurrent.CompletableFuture;

/**
 * An item of an entry, and whoever waits for its answer; nobody does where this node did not
 * propose the entry.
 */
record PendingItem<R>(Item<R> item, CompletableFuture<R> answer) {

  PendingItem(Item<R> item) {
    this(item, new CompletableFuture<>());
  }
}
