/**
 * Judges what clients of the service went through: what they called, when, and what they were
 * answered, held against what the logs have at the end. Knows the contract and no code of the
 * service. What it says is wrong is wrong under every possible fate of the calls that were left
 * without an answer; it does not claim to find everything that is.
 */
@NullMarked
package io.dislog.history;

import org.jspecify.annotations.NullMarked;
