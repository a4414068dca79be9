/**
 * Closed loops of clients, each of which sends its next request when its last one is answered, and
 * what a run of them came to.
 *
 * <p>Imports HdrHistogram and the JDK. Invariant: a run with a request that was refused is no
 * measurement.
 */
@NullMarked
package io.dislog.bench.load;

import org.jspecify.annotations.NullMarked;
