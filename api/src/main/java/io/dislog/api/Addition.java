package io.dislog.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a node is to become a member of a cluster.
 *
 * @param address {@code host:raftPort:httpPort}, or null for the one that the cluster has
 * @param empty whether the node has lost what it had, though it may be a member: then it is taken
 *     out first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Addition(@Nullable String address, boolean empty) {}
