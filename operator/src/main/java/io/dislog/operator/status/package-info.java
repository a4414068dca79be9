/** Tells people: conditions, events, log messages. Decides when to look again. */
@NullMarked
package io.dislog.operator.status;

import org.jspecify.annotations.NullMarked;
