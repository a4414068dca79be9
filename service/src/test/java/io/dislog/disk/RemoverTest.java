package io.dislog.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Large files that go by pieces. */
final class RemoverTest {

  private static final Path FOLDER = Path.of("/log");
  private static final Path STORE = FOLDER.resolve("7.store");
  private static final Path REMOVED = FOLDER.resolve("7.removed");

  private final FaultyDisk disk = new FaultyDisk(1);
  private final List<Runnable> later = new ArrayList<>();
  private final Remover remover = new Remover(disk, 1000, later::add);

  @Test
  void aLargeFileHasAnotherNameDurablyBeforeItIsCut() throws IOException {
    put(STORE, 3500);

    remover.remove(STORE, REMOVED);

    assertThat(disk.exists(STORE)).isFalse();
    assertThat(disk.files()).hasSize(1);
    long before = disk.operations();
    later.removeFirst().run();
    assertThat(disk.files()).isEmpty();
    assertThat(disk.history().subList((int) before, disk.history().size()))
        .map(operation -> operation.split(" ", 3)[1])
        .containsExactly("forceFolder", "truncate", "truncate", "truncate", "delete");
  }

  @Test
  void whatIsOnItsWayIsToldOfUntilItIsFree() throws IOException {
    put(STORE, 3500);

    remover.remove(STORE, REMOVED);

    assertThat(remover.leavingBytes()).isEqualTo(3500);
    later.removeFirst().run();
    assertThat(remover.leavingBytes()).isZero();
  }

  @Test
  void whatIsGoneIsNoFault() throws IOException {
    remover.remove(STORE, REMOVED);

    assertThat(later).isEmpty();
  }

  @Test
  void aSmallFileGoesAtOnce() throws IOException {
    put(STORE, 1000);

    remover.remove(STORE, REMOVED);

    assertThat(later).isEmpty();
    assertThat(disk.files()).isEmpty();
  }

  @Test
  void aFileWithAnotherNameIsNotCut() throws IOException {
    put(STORE, 3500);
    Path copy = Path.of("/copy");
    disk.link(STORE, copy);

    remover.remove(STORE, REMOVED);

    assertThat(later).isEmpty();
    assertThat(disk.files()).containsExactly(copy);
    assertThat(disk.content(copy)).hasSize(3500);
  }

  @Test
  void aFolderWithLargeFilesGoesLaterAndOneWithoutAtOnce() throws IOException {
    put(STORE, 3500);
    put(FOLDER.resolve("state-0.journal"), 10);
    Path small = Path.of("/small");
    put(small.resolve("0.store"), 10);

    remover.removeAll(FOLDER);
    remover.removeAll(small);

    assertThat(disk.exists(small)).isFalse();
    assertThat(disk.exists(FOLDER)).isTrue();
    later.forEach(Runnable::run);
    assertThat(disk.exists(FOLDER)).isFalse();
  }

  @Test
  void whatWasMovedAwayMeanwhileIsNoTrouble() throws IOException {
    put(STORE, 3500);
    remover.remove(STORE, REMOVED);
    disk.rename(FOLDER, Path.of("/trash"));

    later.forEach(Runnable::run);

    assertThat(disk.files()).hasSize(1);
  }

  private void put(Path path, int size) throws IOException {
    disk.createFolders(MemoryTree.parent(path));
    try (DiskFile file = disk.create(path)) {
      file.write(ByteBuffer.allocate(size), 0);
    }
  }
}
