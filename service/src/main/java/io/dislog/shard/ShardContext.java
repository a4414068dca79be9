package io.dislog.shard;

import io.dislog.log.LogResources;
import io.dislog.state.ProducerLimits;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the logs of a shard share.
 *
 * @param reserve that appends take
 * @param clock by which commands are applied
 * @param wallClock by which readers look
 * @param producers how long, and how many of them, a log remembers
 * @param history of their commands
 */
record ShardContext(
    LogResources resources,
    DiskReserve reserve,
    InstantSource clock,
    InstantSource wallClock,
    Supplier<ProducerLimits> producers,
    History history) {}
