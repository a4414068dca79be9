/**
 * A request at one node of several: whom it concerns, whether it is sent on, how fresh an answer
 * is, and what the nodes tell of themselves.
 *
 * <p>Imports {@code server} and the rooms below it, but {@code format}.
 */
@NullMarked
package io.dislog.http.cluster;

import org.jspecify.annotations.NullMarked;
