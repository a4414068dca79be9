/**
 * The resources of the API, in the order of its document, and the filters before them.
 *
 * <p>Imports all other rooms of {@code io.dislog.http}.
 */
@NullMarked
package io.dislog.http.api;

import org.jspecify.annotations.NullMarked;
