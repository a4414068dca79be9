/**
 * Defines what can be asked of a log: commands and their encoding, a log's settings, and
 * rejections.
 *
 * <p>Invariant: later versions can read every command that this version writes.
 */
@NullMarked
package io.dislog.command;

import org.jspecify.annotations.NullMarked;
