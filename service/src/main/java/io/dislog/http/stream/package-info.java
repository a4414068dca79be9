/**
 * Serves the Durable Streams protocol (version 1.0, sections 3 to 5 and 8 to 10) about logs: each
 * record of a stream of JSON is one message, and the bytes of any other stream are the values of
 * its log's records, one behind the other.
 *
 * <p>Nothing outside of this package knows the protocol; what it asks of logs are the commands that
 * everybody else has, too. Readers that wait at a stream's end have no thread, and what many of
 * them wait for is prepared once.
 */
@NullMarked
package io.dislog.http.stream;

import org.jspecify.annotations.NullMarked;
