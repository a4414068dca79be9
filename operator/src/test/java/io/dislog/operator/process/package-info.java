/**
 * Dislog's nodes as processes on loopback, for tests of what the operator says to them: they play
 * the pods of a cluster where nothing runs pods. They are what {@code ./mvnw package} made of the
 * module {@code service}, which comes before this one in every build of both.
 */
@NullMarked
package io.dislog.operator.process;

import org.jspecify.annotations.NullMarked;
