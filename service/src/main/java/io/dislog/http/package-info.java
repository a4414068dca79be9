/**
 * The service's HTTP layer: what stands in front of the commands and the logs.
 *
 * <p>Imports {@code io.dislog.wire}, {@code io.dislog.commit}, {@code io.dislog.shard}, {@code
 * io.dislog.log} and the framework. Invariant: nothing is answered 2xx that was not done, every
 * refusal is a problem document, and no more of what clients send is held in memory than {@link
 * io.dislog.http.InFlight} admits.
 */
@NullMarked
package io.dislog.http;

import org.jspecify.annotations.NullMarked;
