/**
 * Care for the running service: settings, room in its volumes, and what is told of both.
 *
 * <p>Imports {@code observation} and what that imports.
 */
@NullMarked
package io.dislog.operator.sync;

import org.jspecify.annotations.NullMarked;
