/**
 * What is to be done next. Follows from a {@link io.dislog.operator.observation.Situation} alone.
 *
 * <p>Imports {@code observation} and what that imports. Nothing is changed here.
 */
@NullMarked
package io.dislog.operator.plan;

import org.jspecify.annotations.NullMarked;
