/**
 * What the operator says to Dislog's nodes over their HTTP API, and what it hears: how they are,
 * who belongs to the cluster, the settings that a resource asks for, and what fills a volume.
 *
 * <p>Nothing here knows of Kubernetes' objects but the resource itself; imports {@code
 * io.dislog.operator.crd} and {@code io.dislog.api}. Everything blocks, for seconds at most unless
 * it says otherwise, and is safe for use by many threads unless it says otherwise.
 */
@NullMarked
package io.dislog.operator.node;

import org.jspecify.annotations.NullMarked;
