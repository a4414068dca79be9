package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dislog.kit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that answers as a Redis does, and keeps nothing. */
final class FakeRedis {

  private static final AtomicInteger REPLICAS = new AtomicInteger();

  private FakeRedis() {}

  /**
   * Serves until it is killed.
   *
   * @param arguments some of a Redis', with their values
   */
  public static void main(String[] arguments) throws IOException {
    List<String> given = List.of(arguments);
    int primary = given.indexOf("--replicaof");
    if (primary >= 0) {
      tell(Integer.parseInt(given.get(primary + 2)), "I AM A REPLICA\r\n");
    }
    int port = Integer.parseInt(given.get(given.indexOf("--port") + 1));
    try (ServerSocket server = new ServerSocket(port, 100, InetAddress.getLoopbackAddress())) {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> serve(client));
      }
    }
  }

  /** A primary that was started just before is there soon. */
  private static void tell(int port, String line) {
    Await.until(
        "the primary",
        () -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(line.getBytes(US_ASCII));
            return true;
          } catch (IOException e) {
            return false;
          }
        });
  }

  private static void serve(Socket client) {
    try (client;
        BufferedReader in =
            new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
      for (String command = read(in); !command.isEmpty(); command = read(in)) {
        client.getOutputStream().write(answer(command).getBytes(US_ASCII));
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  private static String answer(String command) {
    return switch (command) {
      case "XADD" -> "$3\r\n1-0\r\n";
      case "WAIT" -> ":%d\r\n".formatted(REPLICAS.get());
      case "INFO replication" -> replication();
      case "I AM A REPLICA" -> ":%d\r\n".formatted(REPLICAS.incrementAndGet());
      default -> "-ERR what is that?\r\n";
    };
  }

  private static String replication() {
    String lines = "role:master\r\n" + "slave:state=online\r\n".repeat(REPLICAS.get());
    return "$%d\r\n%s\r\n".formatted(lines.length(), lines);
  }

  /** A command's first word, or the line of one that is a line; empty at the end. */
  private static String read(BufferedReader in) throws IOException {
    String line = in.readLine();
    if (line == null || !line.startsWith("*")) {
      return line == null ? "" : line;
    }
    List<String> words = new ArrayList<>();
    for (int word = Integer.parseInt(line.substring(1)); word > 0; word--) {
      in.readLine(); // Its length: no word here has a line break.
      words.add(in.readLine());
    }
    return words.getFirst();
  }
}
