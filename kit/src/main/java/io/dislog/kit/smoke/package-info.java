/**
 * The smoke test: tries what was built, or a service that runs, as its clients see it.
 *
 * <p>Imports the kit and the JDK alone, and no file of it but this one needs a library, so that
 * {@code ./dislog smoke} runs it from its sources where nothing is built.
 */
@NullMarked
package io.dislog.kit.smoke;

import org.jspecify.annotations.NullMarked;
