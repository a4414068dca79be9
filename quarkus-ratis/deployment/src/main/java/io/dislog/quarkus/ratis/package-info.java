/**
 * What the compiler of native executables has to be told of Apache Ratis: which of its classes are
 * found or called by name, and what of it must not run before the executable does. And on a JVM
 * too, from where Ratis' raft log has its checksums.
 *
 * <p>Imports Quarkus, Jandex, ASM and the JDK, and runs while an application is built. Invariant:
 * on a JVM an application does the same with this extension and without, if not as fast.
 */
@NullMarked
package io.dislog.quarkus.ratis;

import org.jspecify.annotations.NullMarked;
