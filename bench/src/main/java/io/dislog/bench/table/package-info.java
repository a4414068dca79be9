/**
 * What a measurement tells: lines of tables in Markdown, comparisons with a drawing, and, apart
 * from those, what is being measured just now.
 *
 * <p>Imports {@code load} and the JDK.
 */
@NullMarked
package io.dislog.bench.table;

import org.jspecify.annotations.NullMarked;
