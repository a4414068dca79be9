/**
 * What people are told: conditions, events, the log; and when to look again.
 *
 * <p>Imports all rooms but the operator itself.
 */
@NullMarked
package io.dislog.operator.status;

import org.jspecify.annotations.NullMarked;
