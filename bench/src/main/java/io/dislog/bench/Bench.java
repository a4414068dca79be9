package io.dislog.bench;

import io.dislog.bench.machine.Device;
import io.dislog.bench.machine.Disturbance;
import io.dislog.bench.machine.Machine;
import io.dislog.bench.table.Row;
import io.dislog.kit.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Measures the service beside what the machine and the framework can do, and prints a table in
 * Markdown: {@code ./dislog bench}.
 */
public final class Bench {

  private Bench() {}

  /**
   * Measures, and prints.
   *
   * @param arguments the project's folder, then options
   */
  public static void main(String[] arguments) throws IOException {
    Path project = Path.of(arguments[0]).toAbsolutePath();
    Plan plan = Plan.FULL;
    Path parent = project.resolve("bench/target");
    Set<RowGroup> groups = EnumSet.allOf(RowGroup.class);
    List<String> options = new ArrayList<>();
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      if (argument.equals("--quick")) {
        plan = Plan.QUICK;
      } else if (argument.startsWith("--dir=")) {
        parent = Path.of(argument.substring("--dir=".length())).toAbsolutePath();
      } else if (argument.startsWith("--rows=")) {
        groups = RowGroup.named(argument.substring("--rows=".length()));
      } else {
        options.add(argument);
      }
    }
    Path work = Files.createTempDirectory(parent, "bench-data-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> cleanUp(work)));
    Device device = Device.under(work);
    if (device.isMemory()) {
      throw new IOException(work + " is in memory: say with --dir=FOLDER where a disk is");
    }
    print(new Stage(project, work, device, plan, options), groups);
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
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    ProcessHandle.current().descendants().forEach(process -> process.onExit().join());
    try {
      FileTree.delete(work);
    } catch (IOException e) {
      System.err.println("could not delete " + work + ": " + e);
    }
  }
}
