/**
 * Connects nodes: observes Ratis' calls, configures and administers Ratis, confirms leadership, and
 * asks peers over HTTP.
 */
@NullMarked
package io.dislog.raft.rpc;

import org.jspecify.annotations.NullMarked;
