/**
 * The Kubernetes objects that a cluster is made of, one class each: what it should be follows from
 * the resource and the {@link io.dislog.operator.objects.Shape} alone, and is brought about by
 * server-side apply where it is not so. Knows the resource's types and Kubernetes, not the nodes.
 */
@NullMarked
package io.dislog.operator.objects;

import org.jspecify.annotations.NullMarked;
