/**
 * Serves the log over HTTP. The packages, from the bottom: {@code notation}, {@code config}, {@code
 * exchange}, {@code format}, {@code server}, {@code access}, {@code cluster}, {@code stream},
 * {@code api}; none imports one that comes after it, and {@code server} alone starts nodes.
 *
 * <p>Invariant: a 2xx answer means that the work was done; every refusal on the API's port is a
 * problem document; bodies that can be large are held only as far as {@link
 * io.dislog.http.exchange.InFlight} admits.
 */
@NullMarked
package io.dislog.http;

import org.jspecify.annotations.NullMarked;
