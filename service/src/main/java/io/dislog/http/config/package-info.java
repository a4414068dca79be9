/**
 * What an administrator may set, and its limits.
 *
 * <p>Imports {@code notation}, what the settings are of, and MicroProfile Config.
 */
@NullMarked
package io.dislog.http.config;

import org.jspecify.annotations.NullMarked;
