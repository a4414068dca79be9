/**
 * Represents one request and its answer: parameters, body, JSON, problem documents, back pressure,
 * and the memory that they use.
 */
@NullMarked
package io.dislog.http.exchange;

import org.jspecify.annotations.NullMarked;
