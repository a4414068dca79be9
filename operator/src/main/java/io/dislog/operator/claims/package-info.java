/**
 * The volumes' claims: how they grow, and whom they belong to.
 *
 * <p>Imports {@code observation} and what that imports.
 */
@NullMarked
package io.dislog.operator.claims;

import org.jspecify.annotations.NullMarked;
