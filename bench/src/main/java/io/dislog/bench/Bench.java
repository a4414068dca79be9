package io.dislog.bench;

import io.dislog.bench.machine.Device;
import io.dislog.bench.machine.Disturbance;
import io.dislog.bench.machine.Machine;
import io.dislog.bench.table.PeerReport;
import io.dislog.bench.table.Progress;
import io.dislog.bench.table.Row;
import io.dislog.kit.FileTree;
import io.dislog.kit.ProcessStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Measures the service beside what the machine and the framework can do, and prints a table in
 * Markdown: {@code ./dislog bench}.
 */
public final class Bench {

  private static final int KILLS = 3;

  private Bench() {}

  /**
   * Measures, and prints.
   *
   * @param arguments the project's folder, then options
   */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.of(List.of(arguments));
    Path work = Files.createTempDirectory(options.parent(), "bench-data-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(work)));
    Device device = Device.under(work);
    if (device.isMemory()) {
      throw new IOException(work + " is in memory: say with --dir=FOLDER where a disk is");
    }
    Stage stage = new Stage(options.project(), work, device, options.plan(), options.ofService());
    if (options.besidePeers()) {
      besidePeers(stage, options);
    } else {
      print(stage, options.groups());
    }
  }

  private static void besidePeers(Stage stage, Options options) throws IOException {
    PeerReport report = new PeerBench(stage, options).measure();
    System.out.println();
    System.out.print(report.text());
    Progress.say("The plot is " + report.plot(stage.project().resolve("bench/target")));
    if (options.publish()) {
      report.publish(stage.project().resolve("docs"));
    }
  }

  private static void print(Stage stage, Set<RowGroup> groups) throws IOException {
    long start = System.nanoTime();
    Disturbance disturbance = new Disturbance();
    List<Row> rows = new ArrayList<>();
    for (RowGroup group : groups) {
      rows.addAll(group.measure(stage));
    }
    System.out.printf(
        """

        Measured on %s, in %d s: %s.
        Clients and servers share these processors. Figures are medians, of %d rounds in which each is measured \
        right beside its baseline. Other \
        processes used %.0f %% of the processors meanwhile.

        %s
        """,
        LocalDate.now(ZoneOffset.UTC),
        (System.nanoTime() - start) / 1_000_000_000,
        Machine.describe(stage.device()),
        stage.plan().rounds(),
        100 * disturbance.share(),
        Row.HEAD);
    rows.forEach(row -> System.out.println(row.line()));
    System.out.println(
        """

        Bytes to the device are those of the whole machine, from the begin of a run to the end of a sync after it: any \
        other process that writes meanwhile disturbs them. Nothing is subtracted for it.\
        """);
  }

  /** Also after Ctrl-C: leaves no process and no data behind. */
  private static void cleanUp(Path work) {
    ProcessStart.end();
    for (int tried = 0; tried < KILLS; tried++) { // What is killed may just have started another.
      List<ProcessHandle> running = ProcessHandle.current().descendants().toList();
      running.forEach(ProcessHandle::destroyForcibly);
      running.forEach(process -> process.onExit().join());
    }
    try {
      FileTree.delete(work);
    } catch (IOException e) {
      System.err.println("could not delete " + work + ": " + e);
    }
  }
}
