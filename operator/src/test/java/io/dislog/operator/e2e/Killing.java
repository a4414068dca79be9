package io.dislog.operator.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ends pods as a failure does. Stateless. */
final class Killing {

  private static final Path PROCESSES = Path.of("/proc");

  private Killing() {}

  /**
   * Kills a pod's processes by {@code kill -9} where this machine runs them, so that its container
   * is started again; elsewhere deletes the pod without any grace.
   *
   * @return what it did
   */
  static String kill(KubernetesClient client, Pod pod) {
    String name = pod.getMetadata().getName();
    List<ProcessHandle> processes = processes(pod);
    if (processes.isEmpty()) {
      client.resource(pod).withGracePeriod(0).delete();
      return name + " deleted without grace";
    }
    processes.forEach(ProcessHandle::destroyForcibly);
    return "kill -9 of " + name + "'s process";
  }

  /** Those that run Java within the pod's cgroup; not the one that holds its network. */
  private static List<ProcessHandle> processes(Pod pod) {
    String uid = pod.getMetadata().getUid();
    List<ProcessHandle> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (isOf(uid, process)) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return found;
  }

  private static boolean isOf(String uid, Path process) {
    try {
      String cgroup = Files.readString(process.resolve("cgroup"));
      return (cgroup.contains(uid) || cgroup.contains(uid.replace('-', '_')))
          && Files.readString(process.resolve("cmdline")).contains("java");
    } catch (IOException e) {
      // It has ended meanwhile, or is none of ours to see.
      return false;
    }
  }
}
