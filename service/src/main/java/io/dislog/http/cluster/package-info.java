/**
 * Handles requests on one node of several: finds the shard, forwards writes, makes reads fresh,
 * serves what peers fetch, and reports the nodes' state.
 */
@NullMarked
package io.dislog.http.cluster;

import org.jspecify.annotations.NullMarked;
