/**
 * The test kit: starts nodes and clusters as processes, and waits for them, for tests, the
 * benchmark, the smoke test, the training and {@code ./dislog cluster}.
 *
 * <p>Imports the JDK alone, besides the annotation of this file, so that it runs from its classes
 * or its sources, without a library. Invariant: it knows the service by what its users know, its
 * settings and its API, and by none of its classes.
 */
@NullMarked
package io.dislog.kit;

import org.jspecify.annotations.NullMarked;
