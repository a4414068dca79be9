/**
 * The training of the service's AOT caches, a step of its build and of its image's.
 *
 * <p>Imports the kit and the JDK alone: it runs from its classes, also on a runtime that has no
 * compiler. Invariant: a training that fails breaks no build.
 */
@NullMarked
package io.dislog.kit.training;

import org.jspecify.annotations.NullMarked;
