package io.dislog.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the audit log of this process says from now on. */
final class AuditLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("io.dislog.audit");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  AuditLines() {
    logger.addHandler(this);
  }

  List<String> all() {
    return lines;
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
