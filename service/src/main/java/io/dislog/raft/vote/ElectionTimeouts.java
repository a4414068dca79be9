package io.dislog.raft.vote;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import org.apache.ratis.server.DivisionProperties;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.TimeDuration;

/**
 * A division's properties of which the longest election timeout can change. Safe for use by many
 * threads.
 *
 * <p>Ratis (3.3.0) asks for it before each round, and by it a leader decides that it has lost its
 * majority; but it makes the properties of a division once, of numbers, and lets nobody give it
 * others. So they are put into its field.
 */
public final class ElectionTimeouts implements DivisionProperties {

  private static final System.Logger LOGGER = System.getLogger(ElectionTimeouts.class.getName());
  private static final String FIELD = "divisionProperties";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private final DivisionProperties own;
  private final IntSupplier maxMillis;

  private ElectionTimeouts(DivisionProperties own, IntSupplier maxMillis) {
    this.own = own;
    this.maxMillis = maxMillis;
  }

  /**
   * Has a division ask for its longest timeout from now on. Where that is not to be had, a warning
   * says so, once, and the timeouts stay as they are.
   */
  public static void bring(RaftServer.Division division, IntSupplier maxMillis) {
    if (division.properties() instanceof ElectionTimeouts) {
      return;
    }
    try {
      Field field = division.getClass().getDeclaredField(FIELD);
      field.setAccessible(true);
      field.set(division, new ElectionTimeouts(division.properties(), maxMillis));
    } catch (ReflectiveOperationException | RuntimeException e) {
      if (!TOLD.getAndSet(true)) {
        LOGGER.log(Level.WARNING, "election timeouts stay as they are: {0}", e.toString());
      }
    }
  }

  @Override
  public TimeDuration minRpcTimeout() {
    return own.minRpcTimeout();
  }

  @Override
  public TimeDuration maxRpcTimeout() {
    return TimeDuration.valueOf(maxMillis.getAsInt(), TimeUnit.MILLISECONDS);
  }

  @Override
  public TimeDuration rpcSleepTime() {
    return own.rpcSleepTime();
  }

  @Override
  public TimeDuration rpcSlownessTimeout() {
    return own.rpcSlownessTimeout();
  }
}
