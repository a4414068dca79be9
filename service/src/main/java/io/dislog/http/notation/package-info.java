/**
 * Converts between values and text: sizes, durations, times, numbers, paths, media types, and the
 * types of problems.
 */
@NullMarked
package io.dislog.http.notation;

import org.jspecify.annotations.NullMarked;
