/**
 * The packaged service as its users see it: processes of their own, HTTP, signals and files. Knows
 * nothing of the service's code, and speaks the formats from their description alone.
 */
@NullMarked
package io.dislog.it;

import org.jspecify.annotations.NullMarked;
