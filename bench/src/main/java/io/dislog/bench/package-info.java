/**
 * The benchmark: what the service does, beside what the machine and the framework can do, and
 * beside the systems that people pick instead, in one run on one machine.
 *
 * <p>Imports the API's records, the kit, the packages below and the JDK. Invariant: a baseline and
 * what is measured against it meet the same client code, but for peers, which have clients of their
 * own; and a run with any answer but 2xx is no measurement.
 */
@NullMarked
package io.dislog.bench;

import org.jspecify.annotations.NullMarked;
