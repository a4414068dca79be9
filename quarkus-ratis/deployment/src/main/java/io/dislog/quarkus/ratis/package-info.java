/**
 * What the compiler of native executables has to be told of Apache Ratis: which of its classes are
 * found by name, serialized or looked into, and what of it must not run before the executable does.
 *
 * <p>Imports Quarkus, Jandex and the JDK, and runs while an application is built. Invariant: on a
 * JVM an application is the same with this extension and without.
 */
@NullMarked
package io.dislog.quarkus.ratis;

import org.jspecify.annotations.NullMarked;
