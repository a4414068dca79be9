/**
 * The service over HTTP. The rooms, from the bottom: {@code notation}, {@code config}, {@code
 * exchange}, {@code format}, {@code server}, {@code cluster}, {@code api}; none knows those after
 * it.
 *
 * <p>They import {@code io.dislog.wire}, {@code io.dislog.commit} and what that imports, and the
 * framework. Invariant: nothing is answered 2xx that was not done, every refusal is a problem
 * document, and no more of what clients send is held in memory than {@link
 * io.dislog.http.exchange.InFlight} admits.
 */
@NullMarked
package io.dislog.http;

import org.jspecify.annotations.NullMarked;
