/**
 * One request and its answer: query, body, JSON, problem documents, back pressure, and how much of
 * all of them is in memory.
 *
 * <p>Imports {@code config} and {@code notation}, and Vert.x.
 */
@NullMarked
package io.dislog.http.exchange;

import org.jspecify.annotations.NullMarked;
