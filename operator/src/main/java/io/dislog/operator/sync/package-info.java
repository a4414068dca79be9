/** Applies settings to running nodes, relieves full volumes, and reports both. */
@NullMarked
package io.dislog.operator.sync;

import org.jspecify.annotations.NullMarked;
