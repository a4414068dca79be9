package io.dislog.bench;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.dislog.bench.load.Load;
import io.dislog.bench.load.Payload;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Catching up with a log, beside {@code sendfile} alone of a file of that size. */
final class ReadRows {

  private static final String LOG = "catch-up";
  private static final String SENDFILE = "sendfile on loopback";
  private static final Duration WRITING = Duration.ofMinutes(2);

  /** What a read of 10,000 records of 1 KiB gets: each has 25 bytes before its value. */
  private static final long READ_BYTES = 10_000L * (1024 + 25);

  private static final int MANY = 4;

  private final Stage stage;
  private final Row one = row("catch-up, 1 KiB records, 1 connection", "≥ 0.8");
  private final Row many = row("catch-up, 4 connections", "≥ 0.8");
  private final Row first = row("the first catch-up after a restart, 1 connection", "");

  ReadRows(Stage stage) {
    this.stage = stage;
  }

  List<Row> measure() throws IOException {
    Path file = stage.folder("sendfile").resolve("file");
    write(file);
    try (SendfileServer sendfile = new SendfileServer(file, READ_BYTES)) {
      try (Server service = stage.service("reads")) {
        Workload.batches(service, LOG)
            .run(
                new Load(
                    Duration.ZERO, WRITING, stage.plan().catchUpBytes() / Workload.BATCH_BYTES));
        stage.device().sync();
        for (int round = 0; round <= stage.plan().rounds(); round++) {
          compare(service.address(), sendfile.address(), round == 0);
        }
      }
      for (int round = 1; round <= stage.plan().rounds(); round++) {
        Progress.say("restart before reads, round %d".formatted(round));
        CatchUp base = new CatchUp(sendfile.address(), "/", 1);
        try (Server service = stage.service("reads")) {
          CatchUp measured = new CatchUp(service.address(), Workload.path(LOG), 1);
          first.add(measured.onceBytesPerSecond() / 1e6, base.onceBytesPerSecond() / 1e6);
        }
      }
      return List.of(one, many, first);
    } finally {
      stage.delete("reads");
      stage.delete("sendfile");
    }
  }

  private void compare(SocketAddress service, SocketAddress sendfile, boolean warmUp)
      throws IOException {
    Progress.say(warmUp ? "catch-up, preparation" : "catch-up");
    for (int readers : new int[] {1, MANY}) {
      Duration time = stage.plan().probe();
      double base = new CatchUp(sendfile, "/", readers).bytesPerSecond(time);
      double measured = new CatchUp(service, Workload.path(LOG), readers).bytesPerSecond(time);
      if (!warmUp) {
        (readers == 1 ? one : many).add(measured / 1e6, base / 1e6);
      }
    }
  }

  private void write(Path path) throws IOException {
    ByteBuffer block = ByteBuffer.wrap(Payload.bytes(1 << 20));
    try (FileChannel file = FileChannel.open(path, CREATE_NEW, WRITE)) {
      while (file.size() < stage.plan().catchUpBytes()) {
        file.write(block.rewind());
      }
      file.force(true);
    }
  }

  private static Row row(String what, String aim) {
    return new Row(what, "MB/s", SENDFILE, aim);
  }
}
