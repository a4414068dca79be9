/**
 * The resource type DislogCluster as users write it and as the operator reports on it. Values only:
 * what may stand here is said by annotations, from which {@code crds/} is generated, and the API
 * server refuses the rest. Imports the Kubernetes model and nothing of the operator.
 */
@NullMarked
package io.dislog.operator.crd;

import org.jspecify.annotations.NullMarked;
