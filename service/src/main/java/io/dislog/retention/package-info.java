/**
 * The decisions of retention: which segments of a log go, and why.
 *
 * <p>Imports {@code io.dislog.log} and the JDK. Invariant: a decision follows from its arguments
 * alone; nothing is deleted here.
 */
@NullMarked
package io.dislog.retention;

import org.jspecify.annotations.NullMarked;
