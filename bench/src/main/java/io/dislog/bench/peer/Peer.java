package io.dislog.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A system that people pick instead, with each durability that it is measured at. */
public enum Peer {
  KAFKA((project, fetch) -> {
    Program program = Kafka.fetched(project, fetch);
    return List.of(new Kafka(program, Durability.FSYNC), new Kafka(program, Durability.DEFAULT));
  }),
  NATS((project, fetch) -> {
    Program program = Nats.fetched(project, fetch);
    return List.of(new Nats(program, Durability.FSYNC), new Nats(program, Durability.DEFAULT));
  }),
  REDIS((project, fetch) -> {
    Program program = Redis.installed();
    return List.of(new Redis(program, Durability.FSYNC), new Redis(program, Durability.DEFAULT));
  }),
  ETCD((project, fetch) -> List.of(new Etcd(Etcd.installed())));

  @SuppressWarnings("ImmutableEnumChecker") // A lambda without state.
  private final Finding finding;

  Peer(Finding finding) {
    this.finding = finding;
  }

  /**
   * Finds it on this machine, or fetches it; where it can't be had, its contenders say why when
   * they are started.
   *
   * @param project whose pins say which version
   * @param cache folder of the user's cache
   * @param say where a line says what is fetched
   */
  public List<Contender> contenders(Path project, Path cache, Consumer<String> say)
      throws IOException {
    return finding.contenders(project, new Fetch(cache, say));
  }

  /** Finds a peer's programs. */
  private interface Finding {
    List<Contender> contenders(Path project, Fetch fetch) throws IOException;
  }
}
