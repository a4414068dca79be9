package io.dislog.bench.peer;

import io.dislog.kit.FileTree;
import io.dislog.kit.Member;
import io.dislog.kit.NodeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a contender runs: an empty folder, the places of its nodes on loopback, and the processes
 * that it has started. They are gone when it is closed, and so is the folder. For one thread.
 */
public final class Site implements AutoCloseable {

  /** For a start, and for a topic or stream after it; machines are slow. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path folder;
  private final List<Member> members;
  private final List<NodeProcess> processes = new ArrayList<>();

  private Site(Path folder, List<Member> members) {
    this.folder = folder;
    this.members = members;
  }

  /** A site on ports that are free. */
  public static Site at(Path folder, int nodes) throws IOException {
    List<Member> members =
        IntStream.rangeClosed(1, nodes)
            .mapToObj(number -> Member.onFreePorts("n" + number))
            .toList();
    return new Site(Files.createDirectories(folder), members);
  }

  public Path folder() {
    return folder;
  }

  /** Where each node listens: {@code http} is for clients, {@code raft} for other nodes. */
  List<Member> members() {
    return members;
  }

  public int nodes() {
    return members.size();
  }

  /** Starts a program of a node, and waits for nothing. */
  NodeProcess launch(String program, Member member, List<String> command) throws IOException {
    Path output = folder.resolve("%s-%s.output".formatted(program, member.id()));
    NodeProcess process = NodeProcess.start(new ProcessBuilder(command), member, output);
    processes.add(process);
    return process;
  }

  /** Kills what still runs: what it has written is thrown away. */
  @Override
  public void close() throws IOException {
    processes.forEach(NodeProcess::close);
    FileTree.delete(folder);
  }
}
