package io.dislog.shard;

import io.dislog.log.Volume;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * What the logs of a shard share.
 *
 * @param reserve that appends take
 * @param clock by which commands are applied
 * @param wallClock by which readers look
 * @param forcer runs a force beside another one
 * @param producers how long, and how many of them, a log remembers
 * @param replayed whether commands are applied again after a crash, from the last mark on: then
 *     they are shown before they are forced
 */
record ShardContext(
    Volume volume,
    DiskReserve reserve,
    InstantSource clock,
    InstantSource wallClock,
    Executor forcer,
    Supplier<ProducerLimits> producers,
    boolean replayed) {}
