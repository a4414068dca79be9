package io.dislog.http;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A bare connection, for requests that no proper client would send. */
public final class Wire implements Closeable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream buffered;

  public Wire(URI base) throws IOException {
    socket = new Socket(base.getHost(), base.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    buffered = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends characters up to U+00FF as one byte each; newlines stand for those of HTTP. */
  public Wire send(String head) throws IOException {
    socket
        .getOutputStream()
        .write(head.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Sends what may be refused before all of it was taken. */
  Wire trySend(String head) {
    try {
      return send(head);
    } catch (IOException refused) {
      return this;
    }
  }

  Wire sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Reads until the text has come. */
  public String readUntil(String end) throws IOException {
    StringBuilder read = new StringBuilder();
    InputStream in = buffered;
    long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
    while (read.length() < end.length() || read.indexOf(end, read.length() - end.length()) < 0) {
      int b = in.read();
      if (b < 0 || System.nanoTime() > deadline) {
        throw new IOException("no '" + end + "' in " + read);
      }
      read.append((char) b);
    }
    return read.toString();
  }

  /** Reads until the service closes the connection. */
  String readAll() throws IOException {
    return new String(buffered.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
