package io.dislog.raft.transport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What a class warns of, instead of the log. Safe for use by many threads. */
final class Warnings extends Handler implements AutoCloseable {

  private final List<String> all = new CopyOnWriteArrayList<>();
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final Logger logger;

  Warnings(Class<?> of) {
    logger = Logger.getLogger(of.getName());
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  List<String> all() {
    return all;
  }

  @Override
  public void publish(LogRecord said) {
    if (said.getLevel().intValue() >= Level.WARNING.intValue()) {
      all.add(formatter.formatMessage(said));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
