/**
 * Dislog as processes on loopback, as {@code ./mvnw package} made them. Nodes, for tests of what
 * the operator says to them, play the pods of a cluster where nothing runs pods: the module {@code
 * service} comes before this one in every build of both. Operators are there for what the build has
 * a say in.
 */
@NullMarked
package io.dislog.operator.process;

import org.jspecify.annotations.NullMarked;
