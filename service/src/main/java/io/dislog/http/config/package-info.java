/** Reads the service's properties, and what follows from them. */
@NullMarked
package io.dislog.http.config;

import org.jspecify.annotations.NullMarked;
