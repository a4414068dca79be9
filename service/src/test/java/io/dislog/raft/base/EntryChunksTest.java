package io.dislog.raft.base;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Entries are cut and joined. */
final class EntryChunksTest {

  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7};

  private final EntryChunks chunks = new EntryChunks();

  /** Neither the entry that went in whole nor, on the node that proposed it, one of parts. */
  @Test
  void bytesAreNotCopied() {
    byte[] large = new byte[1000];
    List<Proposed> whole = EntryChunks.cut(ByteBuffer.wrap(large), this, large.length);
    List<Proposed> parts = EntryChunks.cut(ByteBuffer.wrap(large), this, large.length / 2);

    ByteBuffer first = chunks.join(1, whole.getFirst().getContent(), null);
    chunks.join(1, parts.get(0).getContent(), null);
    ByteBuffer second = chunks.join(1, parts.get(1).getContent(), parts.get(1));

    large[700] = 1; // Which nobody else does.
    assertThat(requireNonNull(first).get(700)).isEqualTo((byte) 1);
    assertThat(requireNonNull(second).get(700)).isEqualTo((byte) 1);
  }

  @Test
  void whatIsCutIsJoined() {
    List<Proposed> cut = EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 3);

    assertThat(cut).hasSize(3);
    assertThat(cut.get(0).proposal()).isNull();
    assertThat(cut.get(2).proposal()).isSameAs(this);
    assertThat(join(1, cut.get(0))).isNull();
    chunks.pass(1);
    assertThat(join(1, cut.get(1))).isNull();
    assertThat(chunks.begun()).isTrue();
    assertThat(join(1, cut.get(2))).isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(chunks.begun()).isFalse();
  }

  @Test
  void whatALeaderDidNotFinishIsDropped() {
    List<Proposed> cut = EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 3);
    join(1, cut.get(0));

    chunks.pass(2);

    assertThat(chunks.begun()).isFalse();
    join(2, cut.get(0));
    join(2, cut.get(1));
    assertThat(join(3, EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 7).getFirst()))
        .isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(join(3, cut.get(2))).isNull();
  }

  private @Nullable ByteBuffer join(long term, Proposed part) {
    return chunks.join(term, part.getContent(), null);
  }
}
