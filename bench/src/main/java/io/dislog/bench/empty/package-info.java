/**
 * The application that the service is measured beside: one endpoint that does nothing.
 *
 * <p>Imports Quarkus, nothing of the benchmark.
 */
@NullMarked
package io.dislog.bench.empty;

import org.jspecify.annotations.NullMarked;
