/**
 * Runs the process: starts and stops the node, manages connections, meters, large and waiting
 * reads, and turns failures into problems.
 */
@NullMarked
package io.dislog.http.server;

import org.jspecify.annotations.NullMarked;
