/**
 * Decides the next step from a {@link io.dislog.operator.observation.Situation} alone. Changes
 * nothing in the cluster.
 */
@NullMarked
package io.dislog.operator.plan;

import org.jspecify.annotations.NullMarked;
