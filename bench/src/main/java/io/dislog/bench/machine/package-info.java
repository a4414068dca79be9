/**
 * The machine under a measurement: its device, what it is, and what else went on there.
 *
 * <p>Imports {@code load} and the JDK; reads {@code /proc} and {@code /sys} of Linux.
 */
@NullMarked
package io.dislog.bench.machine;

import org.jspecify.annotations.NullMarked;
