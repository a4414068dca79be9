package io.dislog.http;

import io.dislog.commit.Member;
import io.dislog.kit.FreePort;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Another node as far as its port goes: takes requests, and answers what a test says. */
public final class PeerStub implements Closeable {

  private final ServerSocket socket;
  private final Member member;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private volatile Function<Request, @Nullable String> answers;

  /**
   * @param answers head and body as on the wire, with newlines for those of HTTP; null for a
   *     connection that is closed without an answer
   */
  public PeerStub(String id, Function<Request, @Nullable String> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    member = new Member(id, "127.0.0.1", 1, socket.getLocalPort());
    Thread.ofVirtual().start(this::accept);
  }

  public static String answer(int status, String headers, String body) {
    return "HTTP/1.1 %d Said\nContent-Length: %d\n%s\n%s"
        .formatted(status, body.length(), headers, body);
  }

  /** As who does not lead says it. */
  public static String notLeader() {
    return answer(503, "Dislog-Not-Leader: true\n", "{}");
  }

  /** Never answers. */
  public static @Nullable String silence(Request request) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** A port where nobody listens. */
  public static int closedPort() {
    return FreePort.next();
  }

  public Member member() {
    return member;
  }

  /** What has come so far. */
  public List<Request> requests() {
    return requests;
  }

  public void answers(Function<Request, @Nullable String> from) {
    answers = from;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream in = connection.getInputStream();
      Request request;
      while ((request = read(in)) != null) {
        requests.add(request);
        String answer = answers.apply(request);
        if (answer == null) {
          return;
        }
        int body = answer.indexOf("\n\n") + 2;
        String head = answer.substring(0, body).replace("\n", "\r\n");
        connection
            .getOutputStream()
            .write((head + answer.substring(body)).getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException gone) {
      return;
    }
  }

  private static @Nullable Request read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        return null;
      }
      head.write(next);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    Request bare = new Request(text, "");
    String length = bare.header("content-length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Request(text, new String(body, StandardCharsets.ISO_8859_1));
  }

  /** A request as it came, a character for each byte. */
  public record Request(String head, String body) {

    public String line() {
      return head.lines().findFirst().orElseThrow();
    }

    /** A header, or an empty text. */
    public String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
          .map(line -> line.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }
  }
}
