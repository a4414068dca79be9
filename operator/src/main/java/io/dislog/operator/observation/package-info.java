/**
 * What is seen of a cluster, by Kubernetes' word and by its nodes', and what follows from both.
 *
 * <p>Imports {@code crd}, {@code node} and {@code objects}. Nothing is changed here.
 */
@NullMarked
package io.dislog.operator.observation;

import org.jspecify.annotations.NullMarked;
