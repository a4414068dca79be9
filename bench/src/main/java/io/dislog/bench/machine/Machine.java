package io.dislog.bench.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The machine that a run was made on. */
public final class Machine {

  private Machine() {}

  /** One line that names it. */
  public static String describe(Device device) throws IOException {
    String cpu = find("/proc/cpuinfo", "model name\\s*: (.+)");
    long memoryKib = Long.parseLong(find("/proc/meminfo", "MemTotal:\\s+(\\d+)"));
    return "%s, %d processors, %d GiB; Linux %s; %s; %s %s"
        .formatted(
            cpu,
            Runtime.getRuntime().availableProcessors(),
            Math.round(memoryKib / 1048576.0),
            System.getProperty("os.version"),
            device.fileSystem(),
            System.getProperty("java.vm.name"),
            Runtime.version());
  }

  /** Memory that a process has in use, in bytes. */
  public static long residentBytes(long pid) throws IOException {
    return 1024 * Long.parseLong(find("/proc/" + pid + "/status", "VmRSS:\\s+(\\d+)"));
  }

  private static String find(String file, String pattern) throws IOException {
    Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(Path.of(file)));
    if (!matcher.find()) {
      throw new IOException("%s has no %s".formatted(file, pattern));
    }
    return matcher.group(1).strip();
  }
}
