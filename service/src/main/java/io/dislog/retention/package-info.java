/**
 * Decides which segments of a log are deleted, and why.
 *
 * <p>Invariant: a decision follows from its arguments alone; nothing is deleted here.
 */
@NullMarked
package io.dislog.retention;

import org.jspecify.annotations.NullMarked;
