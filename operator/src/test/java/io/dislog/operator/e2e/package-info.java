/**
 * The operator and its clusters on a real Kubernetes, as users have them: the operator as a pod
 * with its own rights, the nodes as the pods that it makes, clients that produce and consume all
 * the while. Knows of the project what users know: the manifests, the resource and the HTTP API.
 * Run by {@code ./dislog e2e} alone.
 */
@NullMarked
package io.dislog.operator.e2e;

import org.jspecify.annotations.NullMarked;
