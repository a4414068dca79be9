/** Grows volume claims, and sets their owners. */
@NullMarked
package io.dislog.operator.claims;

import org.jspecify.annotations.NullMarked;
