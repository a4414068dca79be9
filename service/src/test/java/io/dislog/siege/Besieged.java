package io.dislog.siege;

/** The service that is attacked, on loopback. */
public interface Besieged {

  int port();

  /** Where its health and metrics are. */
  int managementPort();

  long pid();

  boolean isAlive();

  /** How much it has said since it was started for the first time. */
  long printedBytes();

  /** The last that it said. */
  String lastWords();

  /** Starts it again on the same data, and waits until it is ready. */
  void restart() throws Exception;
}
