package io.dislog.kit;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process in the place of the service: it listens where its settings say, and is ready. */
final class StubService {

  private StubService() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("with " + System.getProperty("dislog.raft.peers", "no others"));
    if (Boolean.getBoolean("stub.fails")) {
      throw new IllegalStateException("it fails");
    }
    serve("quarkus.http");
    serve("quarkus.management");
  }

  /** What starts it. */
  static ProcessBuilder process(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Artefact.java());
    command.addAll(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", Path.of("target", "test-classes").toAbsolutePath().toString()));
    command.add(StubService.class.getName());
    return new ProcessBuilder(command);
  }

  private static void serve(String what) throws IOException {
    String host = System.getProperty(what + ".host", "");
    HttpServer server =
        HttpServer.create(new InetSocketAddress(host, Integer.getInteger(what + ".port", 0)), 0);
    server.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
