/**
 * Builds the Kubernetes objects of a cluster, and applies those that differ from what is there.
 * Each depends only on the resource and its {@link io.dislog.operator.objects.Shape}; the nodes are
 * not asked.
 */
@NullMarked
package io.dislog.operator.objects;

import org.jspecify.annotations.NullMarked;
