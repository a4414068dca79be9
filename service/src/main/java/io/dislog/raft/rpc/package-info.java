/**
 * Connects nodes: carries and observes what Ratis sends, configures and administers Ratis, confirms
 * leadership, and asks peers over HTTP.
 */
@NullMarked
package io.dislog.raft.rpc;

import org.jspecify.annotations.NullMarked;
