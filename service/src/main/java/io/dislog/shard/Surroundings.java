package io.dislog.shard;

import io.dislog.log.Volume;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What all logs of a node share.
 *
 * @param volume where their files are
 * @param space that appends may use
 * @param clock of the wall
 * @param forcer runs a force beside another one
 */
record Surroundings(Volume volume, Space space, InstantSource clock, Executor forcer) {}
