package io.dislog;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/** A process that says what address a name has, for each line that it reads. */
final class NameProbe {

  private NameProbe() {}

  public static void main(String... arguments) throws IOException {
    Main.believeNamesBriefly();
    BufferedReader asked =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name = asked.readLine(); name != null; name = asked.readLine()) {
      System.out.println(address(name));
    }
  }

  private static String address(String name) {
    try {
      return InetAddress.getByName(name).getHostAddress();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
