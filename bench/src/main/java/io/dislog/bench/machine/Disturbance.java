package io.dislog.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;

/** What other processes did on the machine since this was made: a table says little without it. */
public final class Disturbance {

  /** Of a process' stat, behind its name: its own time, and that of its children that ended. */
  private static final int FIRST_TIME = 11;

  private static final int TIMES = 4;

  /** Of the machine's stat: all that its processors did but to be idle or to wait for a disk. */
  private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

  private final long busyBefore = busy();
  private final long ownBefore = own();
  private final long start = System.nanoTime();

  public Disturbance() throws IOException {}

  /** Share of all processors' time that others used; asked for when the servers have ended. */
  public double share() throws IOException {
    long others = busy() - busyBefore - (own() - ownBefore);
    double ticks = (System.nanoTime() - start) / 1e7;
    return Math.max(0, others / ticks / Runtime.getRuntime().availableProcessors());
  }

  private static long busy() throws IOException {
    List<String> fields = fields(Files.readAllLines(Path.of("/proc/stat")).getFirst());
    return BUSY.stream().map(fields::get).mapToLong(Long::parseLong).sum();
  }

  private static long own() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = fields(stat.substring(stat.lastIndexOf(')') + 1).strip());
    return LongStream.range(FIRST_TIME, FIRST_TIME + TIMES)
        .map(field -> Long.parseLong(fields.get((int) field)))
        .sum();
  }

  private static List<String> fields(String line) {
    return List.of(line.split(" +", -1));
  }
}
