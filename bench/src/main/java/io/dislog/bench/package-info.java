/**
 * The benchmark: what the service does, beside what the machine and the framework can do, in one
 * run on one machine.
 *
 * <p>Imports the API's records, the kit, HdrHistogram and the JDK. Invariant: a baseline and what
 * is measured against it meet the same client code, and a run with any answer but 2xx is no
 * measurement.
 */
@NullMarked
package io.dislog.bench;

import org.jspecify.annotations.NullMarked;
