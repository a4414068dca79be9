/** Encodes and decodes records in each representation of the API. */
@NullMarked
package io.dislog.http.format;

import org.jspecify.annotations.NullMarked;
