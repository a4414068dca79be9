import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Gives one file to whoever asks, well or badly: how, the first folder of the path says. For `bare`, which starts it with the file
 * and with one that it writes a line to for each request, once that is answered as far as it will be. Prints its port.
 */
final class ArchiveServer {
  private static byte[] file;
  private static Path log;
  private static final CountDownLatch pair = new CountDownLatch(2);

  public static void main(String[] arguments) throws IOException {
    file = Files.readAllBytes(Path.of(arguments[0]));
    log = Path.of(arguments[1]);
    try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      System.out.println(server.getLocalPort());
      while (true) {
        var client = server.accept();
        Thread.ofVirtual().start(() -> answer(client));
      }
    }
  }

  private static void answer(Socket client) {
    try (client) {
      var in = new Scanner(client.getInputStream());
      var path = in.nextLine().split(" ")[1];
      while (!in.nextLine().isEmpty()) {}
      give(path, client);
    } catch (IOException | InterruptedException e) {
      System.err.println(e);
    }
  }

  private static void give(String path, Socket client) throws IOException, InterruptedException {
    var out = client.getOutputStream();
    var half = Arrays.copyOf(file, file.length / 2);
    switch (path.split("/")[1]) {
      case "whole" -> send(out, path, "Content-Length: " + file.length, file);
      case "half" -> send(out, path, "Content-Length: " + file.length, half);
      // So that only the checksum tells that something is missing.
      case "unnoticed-half" -> send(out, path, "Connection: close", half);
      case "wrong" -> {
        var wrong = file.clone();
        wrong[wrong.length / 2] ^= 1;
        send(out, path, "Content-Length: " + file.length, wrong);
      }
      // Not before a second one asks, so that both are at it at once.
      case "pair" -> {
        pair.countDown();
        if (pair.await(20, TimeUnit.SECONDS)) {
          send(out, path, "Content-Length: " + file.length, file);
        }
      }
      // Until the client goes.
      case "stuck" -> {
        send(out, path, "Content-Length: " + file.length, half);
        client.getInputStream().read();
      }
      default -> out.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".getBytes());
    }
  }

  private static void send(OutputStream out, String path, String header, byte[] body) throws IOException {
    out.write(("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n").getBytes());
    out.write(body);
    out.flush();
    synchronized (log) {
      Files.writeString(log, path + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }
}
