/** Dislog: a segmented, append-only log, served over HTTP. */
@NullMarked
package io.dislog;

import org.jspecify.annotations.NullMarked;
