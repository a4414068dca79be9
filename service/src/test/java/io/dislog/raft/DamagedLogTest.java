package io.dislog.raft;

import static io.dislog.raft.Rehearsal.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Command;
import io.dislog.command.Creation;
import io.dislog.command.Rejection;
import io.dislog.disk.FaultyDisk;
import io.dislog.log.Record;
import io.dislog.raft.base.Entry;
import io.dislog.raft.base.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One damaged log keeps the raft log of its shard from nothing, and is never taken for whole. */
final class DamagedLogTest {

  private static final String JOURNALS = "journal";
  private static final String STORE = "store";
  private static final Path FOLDER = Path.of("/data/shards/0/logs/hurt");

  private final FaultyDisk disk = new FaultyDisk(1);
  private Rehearsal replica = new Rehearsal(disk);
  private Map<Path, byte[]> sound;

  @BeforeEach
  void begin() throws IOException {
    assertThat(ask(new Item.Create("hurt", Creation.ANY))).isEqualTo("true");
    assertThat(ask(new Item.Create("well", Creation.ANY))).isEqualTo("true");
    append("hurt", "h0");
    append("well", "w0");
    reopen();
    sound = files();
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNALS, STORE})
  void theCheckpointGoesOnWithoutIt(String what) throws IOException {
    damage(what);
    String id = replica.log("well").id();
    append("well", "w1");
    append("well", "w2");
    int next = replica.next();

    reopen();

    assertThat(replica.next()).as("up to where the raft log is needed no more").isEqualTo(next);
    assertThat(replica.log("well").extent().endOffset()).isEqualTo(3);
    assertThat(replica.log("well").id()).isEqualTo(id);
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNALS, STORE})
  void itIsRefusedEvenWhereItsFilesAreAsTheyWere(String what) throws IOException {
    String id = replica.log("hurt").id();
    damage(what);
    ask(new Item.OnLog<>("hurt", id, batch("committed, and not here"))); // By the others.
    append("well", "w1");
    replica.close();
    restore();

    replica = new Rehearsal(disk);
    assertRefused();
    reopen();
    assertRefused();
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNALS, STORE})
  void whatTheCheckpointDidNotPassIsAppliedOnceItsFilesAreAsTheyWere(String what)
      throws IOException {
    String id = replica.log("hurt").id();
    damage(what);
    Entry entry = entry(new Item.OnLog<>("hurt", id, batch("committed")));
    int at = replica.next();
    replica.ask(entry);
    replica = replica.afterKill(); // Before any checkpoint.
    restore();
    replica = replica.afterKill();

    assertThat(replica.next()).isEqualTo(at);
    replica.ask(entry);

    assertThat(replica.log("hurt").extent().endOffset()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNALS, STORE})
  void itCanBeDeletedAndMadeAgain(String what) throws IOException {
    damage(what);
    append("well", "w1");
    reopen();

    assertThat(ask(new Item.Delete("hurt"))).isEqualTo("Done[]");
    assertThat(ask(new Item.Create("hurt", Creation.ANY))).isEqualTo("true");
    append("hurt", "again");
    replica = replica.afterPowerCut();
    assertThat(replica.log("well").extent().endOffset()).isEqualTo(2);

    // The raft log tells of all that once more.
    assertThat(ask(new Item.Delete("hurt"))).isEqualTo("Done[]");
    assertThat(ask(new Item.Create("hurt", Creation.ANY))).as("it is there").isEqualTo("false");
    append("hurt", "again");

    reopen();
    assertThat(replica.log("hurt").extent().endOffset()).isEqualTo(1);
    reopen();
    assertThat(replica.log("hurt").extent().endOffset()).isEqualTo(1);
  }

  @Test
  void itIsRefusedWhereItsFolderIsGone() throws IOException {
    damage(JOURNALS);
    append("well", "w1");
    replica.close();
    for (Path file : files().keySet()) {
      disk.delete(file);
    }
    disk.delete(FOLDER);

    replica = new Rehearsal(disk);

    assertRefused();
    assertThat(ask(new Item.Delete("hurt"))).isEqualTo("Done[]");
  }

  @ParameterizedTest
  @ValueSource(strings = {JOURNALS, STORE})
  void nobodyTakesItsShardForWhole(String what) throws IOException {
    damage(what);
    assertThatThrownBy(() -> replica.outline())
        .isInstanceOf(Rejection.NotReady.class)
        .hasMessageContaining("hurt");
    ask(new Item.Delete("hurt"));
    assertThat(replica.outline().logs()).hasSize(1);
  }

  private void assertRefused() {
    assertThatThrownBy(() -> replica.log("hurt")).isInstanceOf(Rejection.LogUnavailable.class);
    assertThat(replica.logs()).extracting(log -> log.name()).containsExactly("well");
  }

  /** Closes the replica, damages a kind of the log's files, and opens it again. */
  private void damage(String what) throws IOException {
    replica.close();
    for (Map.Entry<Path, byte[]> file : files().entrySet()) {
      if (file.getKey().toString().endsWith(what)) {
        disk.put(file.getKey(), new byte[file.getValue().length]);
      }
    }
    replica = new Rehearsal(disk);
    assertRefused();
  }

  private void restore() throws IOException {
    for (Map.Entry<Path, byte[]> file : sound.entrySet()) {
      disk.put(file.getKey(), file.getValue());
    }
  }

  private Map<Path, byte[]> files() throws IOException {
    Map<Path, byte[]> files = new TreeMap<>();
    for (Path file : disk.files()) {
      if (file.startsWith(FOLDER)) {
        files.put(file, disk.content(file));
      }
    }
    return files;
  }

  /** Closes the replica, which makes a checkpoint, and opens it again. */
  private void reopen() throws IOException {
    replica.close();
    replica = new Rehearsal(replica.disk());
  }

  private void append(String log, String value) {
    Command<?> append = batch(value);
    assertThat(ask(new Item.OnLog<>(log, replica.log(log).id(), append))).startsWith("Appended");
  }

  private static Command.Append batch(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new Command.Append(List.of(Record.of(bytes)), null, null, bytes.length);
  }

  private String ask(Item<?> item) {
    return replica.ask(entry(item)).getFirst();
  }
}
