package io.dislog;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;

/** Starts the service. */
@QuarkusMain
public final class Main {

  private static final String SECONDS = "1";

  private Main() {}

  public static void main(String... arguments) {
    believeNamesBriefly();
    Quarkus.run(arguments);
  }

  /**
   * A node that comes back as another pod has another address under its name, and until the others
   * have it nobody's entries or votes reach it. The JVM believes for 30 s what a name said, and for
   * 10 s that there is no such name, unless it is told otherwise before it first looks one up. The
   * last must be a security property, which no command line can set, and comes last: that one was
   * set is logged, and the log looks up this host's name.
   */
  static void believeNamesBriefly() {
    System.setProperty("networkaddress.cache.ttl", SECONDS);
    System.setProperty("sun.net.inetaddr.ttl", SECONDS);
    Security.setProperty("networkaddress.cache.negative.ttl", SECONDS);
  }
}
