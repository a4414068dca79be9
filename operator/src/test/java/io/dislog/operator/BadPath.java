package io.dislog.operator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.kit.FreePort;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way to the API server, by plain HTTP, which is slow, busy, cut or closed as a test wants.
 * What it lets through it sends on over a connection for each request, as whoever the API server's
 * configuration names. Safe for use by many threads.
 */
final class BadPath implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
  private static final Pattern CONNECTION = Pattern.compile("(?i)\r\nconnection:[^\r]*");
  private static final Pattern UPGRADE = Pattern.compile("(?i)\r\nupgrade: *websocket");

  private final Config config;
  private final URI server;
  private final SSLSocketFactory tls;
  private final int port;
  private final Random random = new Random(1);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger cut = new AtomicInteger();
  private @Nullable ServerSocket door;
  private volatile int leastMillis;
  private volatile int mostMillis;
  private volatile boolean busy;
  private volatile long watchMillis = Long.MAX_VALUE;

  /** Opens one that is good at first. */
  BadPath(KubernetesClient client) throws IOException, GeneralSecurityException {
    config = client.getConfiguration();
    server = URI.create(config.getMasterUrl());
    tls = SSLUtils.sslContext(config).getSocketFactory();
    port = FreePort.next();
    open();
  }

  /** A client that goes this way, with the operator's own patience. Whoever asks closes it. */
  KubernetesClient client() {
    Config way =
        new ConfigBuilder(config)
            .withMasterUrl(url())
            .withHttp2Disable(true)
            .withRequestTimeout(10_000)
            .withRequestRetryBackoffLimit(5)
            .withWatchReconnectInterval(250)
            .build();
    return new KubernetesClientBuilder().withConfig(way).build();
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(port);
  }

  /** Has each answer come so much later, in milliseconds. */
  void slow(int least, int most) {
    leastMillis = least;
    mostMillis = most;
  }

  /** Has every second request answered by 429 and 500 in turn. */
  void busy() {
    busy = true;
  }

  /** Has no watch last longer, and ends those that are there. */
  void cutWatchesAfter(Duration life) throws IOException {
    watchMillis = life.toMillis();
    cut();
  }

  /** Refuses connections, and ends those that are there. */
  synchronized void shut() throws IOException {
    if (door != null) {
      door.close();
      door = null;
    }
    cut();
  }

  private void cut() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** Takes connections again. */
  synchronized void open() throws IOException {
    ServerSocket listening = new ServerSocket();
    listening.setReuseAddress(true);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    door = listening;
    Thread.ofVirtual().start(() -> accept(listening));
  }

  /** What became of all requests. */
  @Override
  public String toString() {
    return "%d requests, of which %d were answered by 429 or 500; %d watches were cut"
        .formatted(requests.get(), refused.get(), cut.get());
  }

  @Override
  public void close() throws IOException {
    shut();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        if (listening.isClosed()) {
          socket.close(); // It came as the door was shut, and may not be among those that were cut.
        }
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return; // It is shut.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        Matcher length = LENGTH.matcher(head);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        int number = requests.incrementAndGet();
        Thread.sleep(random.nextInt(leastMillis, mostMillis + 1));
        if (!busy || number % 2 == 0) {
          passOn(head, body, in, socket);
          return;
        }
        refused.incrementAndGet();
        refuse(socket, number % 4 == 1 ? 429 : 500);
      }
    } catch (IOException e) {
      // Either side has ended it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** Up to the empty line, or nothing where nothing comes any more. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (next == '\n' && head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(ISO_8859_1);
      }
    }
    return "";
  }

  private static void refuse(Socket socket, int status) throws IOException {
    String body =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"message\":\"as the test wants\"}"
            .formatted(status);
    socket
        .getOutputStream()
        .write(
            """
            HTTP/1.1 %d Refused\r
            Content-Type: application/json\r
            Retry-After: 1\r
            Content-Length: %d\r
            \r
            %s\
            """
                .formatted(status, body.length(), body)
                .getBytes(UTF_8));
  }

  private void passOn(String head, byte[] body, InputStream in, Socket socket) throws IOException {
    try (Socket raw = new Socket(server.getHost(), server.getPort());
        Socket there = tls.createSocket(raw, server.getHost(), server.getPort(), true)) {
      boolean isWebSocket = UPGRADE.matcher(head).find();
      String sent =
          isWebSocket
              ? head
              : CONNECTION
                  .matcher(head)
                  .replaceAll("")
                  .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      there.getOutputStream().write(sent.getBytes(ISO_8859_1));
      there.getOutputStream().write(body);
      Thread.ofVirtual().start(() -> copy(in, there, raw));
      if (head.contains("watch=true") && watchMillis < Long.MAX_VALUE) {
        Thread.ofVirtual().start(() -> cutLater(socket, raw));
      }
      there.getInputStream().transferTo(socket.getOutputStream());
    }
  }

  /** What a web socket's client sends further; and that one has gone. */
  private static void copy(InputStream in, Socket there, Socket raw) {
    try (raw) {
      in.transferTo(there.getOutputStream());
    } catch (IOException e) {
      // Either side has ended it.
    }
  }

  private void cutLater(Socket socket, Socket raw) {
    try (socket;
        raw) {
      Thread.sleep(watchMillis);
      if (!socket.isClosed()) {
        cut.incrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
