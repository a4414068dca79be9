package io.dislog.raft;

import java.lang.System.Logger.Level;

/** What a node does each second while it takes part. For one thread. */
final class Duties implements Runnable {

  private static final System.Logger LOGGER = System.getLogger(Duties.class.getName());

  private final Attendance attendance;
  private final Clocks clocks;
  private final Balance balance;
  private final Belonging belonging;

  Duties(
      String self,
      Shards shards,
      Wire wire,
      Others others,
      AgreedId id,
      Attendance attendance,
      Clocks clocks) {
    this.attendance = attendance;
    this.clocks = clocks;
    this.balance = new Balance(self, shards, others);
    this.belonging = new Belonging(self, shards, wire, id, attendance::forget);
  }

  @Override
  public void run() {
    try {
      Participant part = attendance.participant();
      if (attendance.look() && part != null) {
        clocks.look();
        balance.look(part);
        belonging.look();
      }
    } catch (RuntimeException e) {
      // A timer ends with the first exception that it sees.
      LOGGER.log(Level.WARNING, "will be tried again: {0}", e.toString());
    }
  }
}
