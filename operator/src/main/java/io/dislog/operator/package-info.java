/**
 * Brings a cluster from where it stands to what its resource wants, one step at a time: {@link
 * io.dislog.operator.ClusterReconciler} is where it begins. The rooms: {@code crd}, {@code node}
 * and {@code objects}, then {@code observation}, then {@code plan}, {@code sync} and {@code
 * claims}, then {@code status}.
 *
 * <p>Knows everything of the operator. Invariant: what is to be done follows from what is seen, and
 * never from what was done before; any operator goes on where another one ended.
 */
@NullMarked
package io.dislog.operator;

import org.jspecify.annotations.NullMarked;
