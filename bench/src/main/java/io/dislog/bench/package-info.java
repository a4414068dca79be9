/**
 * The benchmark: what the service does, beside what the machine and the framework can do, in one
 * run on one machine.
 *
 * <p>Imports the kit and the JDK alone, {@link io.dislog.bench.EmptyEndpoint} aside, so that it
 * runs from its classes and the kit's. Invariant: a baseline and what is measured against it meet
 * the same client code, and a run with any answer but 2xx is no measurement.
 */
@NullMarked
package io.dislog.bench;

import org.jspecify.annotations.NullMarked;
