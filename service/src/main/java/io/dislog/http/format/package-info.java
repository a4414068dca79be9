/**
 * Records in each representation that a client may ask for or send.
 *
 * <p>Imports {@code exchange}, {@code notation} and {@code io.dislog.log}.
 */
@NullMarked
package io.dislog.http.format;

import org.jspecify.annotations.NullMarked;
