/**
 * What may be asked of the logs of a shard: the commands as values and as bytes, the settings of a
 * log, and the {@link io.dislog.command.Rejection}s.
 *
 * <p>Imports {@code io.dislog.log}, {@code io.dislog.retention} and the JDK. Invariant: a command
 * that was written by this version is read by this version and its successors.
 */
@NullMarked
package io.dislog.command;

import org.jspecify.annotations.NullMarked;
