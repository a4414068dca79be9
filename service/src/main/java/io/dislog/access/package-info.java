/**
 * Decides who may do what: principals, rights, the rules that give the one to the other, and the
 * files in which an operator writes them.
 *
 * <p>Knows the JDK and, for YAML, Jackson; nothing of HTTP. Invariant: what no rule allows is
 * refused, and a file that can't be read allows nothing new.
 */
@NullMarked
package io.dislog.access;

import org.jspecify.annotations.NullMarked;
