/**
 * How things are written: sizes, durations, times, numbers, names, paths and media types as text,
 * and the words of a message about them.
 *
 * <p>Imports the JDK, Jackson and what names a durability.
 */
@NullMarked
package io.dislog.http.notation;

import org.jspecify.annotations.NullMarked;
