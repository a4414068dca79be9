/**
 * Implements the API's resources and the health checks. {@link io.dislog.http.api.Pipeline} is the
 * way of a request to them.
 */
@NullMarked
package io.dislog.http.api;

import org.jspecify.annotations.NullMarked;
