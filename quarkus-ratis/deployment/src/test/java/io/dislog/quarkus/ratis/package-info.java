/** What is told of Ratis, held against the Ratis that is used. */
@NullMarked
package io.dislog.quarkus.ratis;

import org.jspecify.annotations.NullMarked;
