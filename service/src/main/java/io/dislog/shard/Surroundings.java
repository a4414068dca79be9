package io.dislog.shard;

import io.dislog.log.Volume;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What the logs of a shard share.
 *
 * @param space that appends take
 * @param clock by which commands are applied
 * @param wallClock by which readers look
 * @param forcer runs a force beside another one
 * @param replayed whether commands are applied again after a crash, from the last mark on: then
 *     they are shown before they are forced
 */
record Surroundings(
    Volume volume,
    Space space,
    InstantSource clock,
    InstantSource wallClock,
    Executor forcer,
    boolean replayed) {}
