/**
 * Collects what Kubernetes and the nodes report, and derives the {@link
 * io.dislog.operator.observation.Situation}. Changes nothing in the cluster.
 */
@NullMarked
package io.dislog.operator.observation;

import org.jspecify.annotations.NullMarked;
