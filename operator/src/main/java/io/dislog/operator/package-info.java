/**
 * Brings a cluster one step at a time from where it is to what its resource says: {@link
 * io.dislog.operator.ClusterReconciler} is the entry point. The packages, from the bottom: {@code
 * crd}; {@code node} and {@code objects}; {@code observation}; {@code plan}, {@code sync} and
 * {@code claims}; {@code status}. A test says what each may import.
 *
 * <p>Invariant: what is to be done follows from what is observed, never from what was done before;
 * any operator can go on where another one ended.
 */
@NullMarked
package io.dislog.operator;

import org.jspecify.annotations.NullMarked;
