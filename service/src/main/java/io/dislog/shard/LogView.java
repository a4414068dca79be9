package io.dislog.shard;

import io.dislog.command.Consumer;
import io.dislog.command.LogConfig;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.Rejection;
import io.dislog.command.Sighting;
import io.dislog.log.Extent;
import io.dislog.log.Log;
import io.dislog.log.RecordRange;
import io.dislog.log.SegmentInfo;
import io.dislog.log.StoredRecord;
import io.dislog.retention.Retention;
import io.dislog.retention.RetentionPlan;
import io.dislog.retention.RetentionPolicy;
import io.dislog.retention.Sightings;
import io.dislog.state.LogLife;
import io.dislog.state.LogState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A log under its name, with its configuration and its consumers, as readers see it: what is
 * committed and nothing else. Safe for use by many threads; {@link LogWriter} changes it.
 */
public final class LogView {

  /** Clocks that are right differ by less, and are put right by less now and then. */
  private static final long TOLERATED_MILLIS = 1000;

  /** What a log takes of the memory that has nothing yet, and each consumer and segment beside. */
  private static final long LOG_BYTES = 4 << 10;

  private static final long CONSUMER_BYTES = 400;
  private static final long SEGMENT_BYTES = 500;

  private final String name;
  private final long id;
  private final Log log;
  private final LogTraits traits;
  private final InstantSource clock;
  private final Set<Runnable> subscribers = ConcurrentHashMap.newKeySet();
  private volatile LogSettings own;
  private volatile LogSettings settings;
  private volatile LogConfig config;
  private volatile Map<String, Consumer> consumers = Map.of();
  private volatile Sightings sightings = Sightings.NONE;
  private volatile long producersBytes;
  private volatile LogLife life;
  private volatile @Nullable IOException failure;
  private volatile boolean deleted;
  private volatile boolean replaced;

  LogView(String name, LogState state, Log log, LogSettings defaults, InstantSource clock) {
    this.name = name;
    this.id = state.id();
    this.log = log;
    this.clock = clock;
    this.traits = state.traits();
    this.life = state.life();
    this.own = state.own();
    this.settings = own.over(defaults);
    this.config = LogConfig.of(settings);
    this.failure = log.failure();
  }

  public String name() {
    return name;
  }

  /** What tells the log from others that bore its name. */
  public String id() {
    return Long.toHexString(id);
  }

  /** What the log says itself. */
  public LogSettings own() {
    return own;
  }

  /** What the log says itself, and what it has from the defaults. */
  public LogSettings settings() {
    return settings;
  }

  public LogConfig config() {
    return config;
  }

  public Extent extent() {
    return log.extent();
  }

  /** See {@link io.dislog.log.LogReader#read}. */
  public StoredRecord read(long offset) throws IOException {
    return log.reader().read(offset);
  }

  /** See {@link io.dislog.log.LogReader#range}. */
  public RecordRange range(long from, int limit, long maxValueBytes) throws IOException {
    return log.reader().range(from, limit, maxValueBytes);
  }

  /** See {@link io.dislog.log.LogReader#offsetAt}. */
  public long offsetAt(long time) throws IOException {
    return log.reader().offsetAt(time);
  }

  /** See {@link io.dislog.log.LogReader#bytesBetween}. */
  public long bytesBetween(long from, long to) throws IOException {
    return log.reader().bytesBetween(from, to);
  }

  public List<SegmentInfo> segments() {
    return log.reader().segments();
  }

  /** See {@link io.dislog.log.LogReader#store}. */
  public @Nullable Path store(long baseOffset) {
    return log.reader().store(baseOffset);
  }

  /** What retention would do now. */
  public RetentionPlan plan() {
    return planAt(clock.millis());
  }

  /** What retention would do now if these settings were in force. */
  public RetentionPlan planWith(LogSettings effective) {
    return planAt(LogConfig.of(effective).retention(), clock.millis());
  }

  RetentionPlan planAt(long now) {
    return planAt(config.retention(), now);
  }

  private RetentionPlan planAt(RetentionPolicy policy, long now) {
    Map<String, Long> positions = new HashMap<>();
    consumers.values().forEach(consumer -> positions.put(consumer.name(), consumer.offset()));
    long earliest = extent().earliestOffset();
    return new Retention(policy, positions, earliest, sightings, now).plan(segments());
  }

  /** What a run of retention does now. */
  public RetentionRun retention() {
    long now = clock.millis();
    return new RetentionRun(planAt(now), sightingAt(now));
  }

  /** What a run of retention would see of times that are ahead of the clock, or null. */
  private @Nullable Sighting sightingAt(long now) {
    Extent seen = extent();
    boolean ages = config.retention().maxAge() != null || config.segment().maxAge() != null;
    return ages && aheadMillis(seen, now) > 0 && seen.endOffset() > sightings.end()
        ? new Sighting(log.activeOffset(), seen.endOffset())
        : null;
  }

  /** How far the newest record's time is ahead of the clock; 0 for less than a second. */
  public long aheadMillis() {
    return aheadMillis(extent(), clock.millis());
  }

  private static long aheadMillis(Extent extent, long now) {
    long ahead = extent.latestTime() - now;
    return ahead < TOLERATED_MILLIS ? 0 : ahead;
  }

  /** Whether the active segment is to be sealed for its age. */
  public boolean isAged() {
    return isAgedAt(clock.millis());
  }

  boolean isAgedAt(long now) {
    Duration maxAge = config.segment().maxAge();
    return maxAge != null
        && (log.isAged(config.segment(), now)
            || now - maxAge.toMillis() > sightings.firstSeenAt(log.activeOffset()));
  }

  /** The consumers by name. */
  public List<Consumer> consumers() {
    return consumers.values().stream().sorted(Comparator.comparing(Consumer::name)).toList();
  }

  /** How many consumers there are. */
  public int consumerCount() {
    return consumers.size();
  }

  /** The memory that the log takes, its records left aside, by estimate. */
  public long stateBytes() {
    return LOG_BYTES
        + consumers.size() * CONSUMER_BYTES
        + extent().segments() * SEGMENT_BYTES
        + producersBytes;
  }

  public @Nullable Consumer consumer(String consumer) {
    return consumers.get(consumer);
  }

  /** Why the log takes no appends, or null. */
  public @Nullable String failure() {
    IOException cause = failure == null ? log.failure() : failure;
    return cause == null ? null : cause.getMessage();
  }

  public boolean deleted() {
    return deleted;
  }

  /** What those are told who wait at a log that is deleted, or replaced by what a peer has. */
  public Rejection gone() {
    return replaced
        ? new Rejection.NotReady("log %s was fetched from another node; ask again".formatted(name))
        : new Rejection.UnknownLog(name);
  }

  /** Whether a segment was found not to hold what it should. */
  public boolean isDamaged() {
    return log.reader().isDamaged();
  }

  /** What the log is from its creation on. */
  public LogTraits traits() {
    return traits;
  }

  /** Whether nothing is appended any more; the extent that is asked for next is the last one. */
  public boolean closed() {
    return life.closed();
  }

  /** How far the log's life is. */
  public LogLife life() {
    return life;
  }

  /** Whether the log's time has passed: for clients it is not there any more. */
  public boolean isExpired() {
    return isExpiredAt(clock.millis());
  }

  boolean isExpiredAt(long now) {
    return life.isOver(traits, now);
  }

  /** Whether a read that happens now is to be noted, so that the log stays. */
  public boolean isUseDue() {
    return traits.isUseDue(life.usedAt(), clock.millis());
  }

  /**
   * Has something called after each commit that changed the log, and when it is deleted.
   *
   * @param onChange is called by the committing thread, and must not block
   */
  public Subscription subscribe(Runnable onChange) {
    subscribers.add(onChange);
    return () -> subscribers.remove(onChange);
  }

  void show(LogSettings newOwn, LogSettings defaults) {
    own = newOwn;
    settings = newOwn.over(defaults);
    config = LogConfig.of(settings);
  }

  void show(Sightings newSightings) {
    sightings = newSightings;
  }

  void show(Map<String, Consumer> newConsumers) {
    consumers = Map.copyOf(newConsumers);
  }

  void show(LogLife newLife) {
    life = newLife;
  }

  void showProducers(long bytes) {
    producersBytes = bytes;
  }

  void showFailure(IOException cause) {
    failure = cause;
  }

  void showReplaced() {
    replaced = true;
    showDeleted();
  }

  void showDeleted() {
    deleted = true;
    tellSubscribers();
  }

  void tellSubscribers() {
    if (!subscribers.isEmpty()) {
      subscribers.forEach(Runnable::run);
    }
  }
}
