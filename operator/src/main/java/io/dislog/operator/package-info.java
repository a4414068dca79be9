/**
 * Brings a cluster from where it stands to what its resource wants. What is to be done follows from
 * what is seen ({@link io.dislog.operator.Plan}), one step at a time, and never from what was done
 * before: any operator goes on where another one ended. Knows everything of the operator.
 */
@NullMarked
package io.dislog.operator;

import org.jspecify.annotations.NullMarked;
