package io.dislog.raft.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries are cut and joined. */
final class EntryChunksTest {

  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7};

  private final EntryChunks chunks = new EntryChunks();

  @Test
  void whatIsCutIsJoined() {
    List<Proposed> cut = EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 3);

    assertThat(cut).hasSize(3);
    assertThat(cut.get(0).proposal()).isNull();
    assertThat(cut.get(2).proposal()).isSameAs(this);
    assertThat(chunks.join(1, bytes(cut.get(0)))).isNull();
    chunks.pass(1);
    assertThat(chunks.join(1, bytes(cut.get(1)))).isNull();
    assertThat(chunks.begun()).isTrue();
    assertThat(chunks.join(1, bytes(cut.get(2)))).isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(chunks.begun()).isFalse();
  }

  @Test
  void whatALeaderDidNotFinishIsDropped() {
    List<Proposed> cut = EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 3);
    chunks.join(1, bytes(cut.get(0)));

    chunks.pass(2);

    assertThat(chunks.begun()).isFalse();
    chunks.join(2, bytes(cut.get(0)));
    chunks.join(2, bytes(cut.get(1)));
    assertThat(chunks.join(3, bytes(EntryChunks.cut(ByteBuffer.wrap(BYTES), this, 7).getFirst())))
        .isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(chunks.join(3, bytes(cut.get(2)))).isNull();
  }

  private static ByteBuffer bytes(Proposed part) {
    return part.getContent().asReadOnlyByteBuffer();
  }
}
