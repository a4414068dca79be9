package io.dislog.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries are cut and joined. */
final class PartsTest {

  private static final byte[] BYTES = {1, 2, 3, 4, 5, 6, 7};

  private final Parts parts = new Parts();

  @Test
  void whatIsCutIsJoined() {
    List<Proposed> cut = Parts.cut(ByteBuffer.wrap(BYTES), this, 3);

    assertThat(cut).hasSize(3);
    assertThat(cut.get(0).proposal()).isNull();
    assertThat(cut.get(2).proposal()).isSameAs(this);
    assertThat(parts.join(1, bytes(cut.get(0)))).isNull();
    parts.pass(1);
    assertThat(parts.join(1, bytes(cut.get(1)))).isNull();
    assertThat(parts.begun()).isTrue();
    assertThat(parts.join(1, bytes(cut.get(2)))).isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(parts.begun()).isFalse();
  }

  @Test
  void whatALeaderDidNotFinishIsDropped() {
    List<Proposed> cut = Parts.cut(ByteBuffer.wrap(BYTES), this, 3);
    parts.join(1, bytes(cut.get(0)));

    parts.pass(2);

    assertThat(parts.begun()).isFalse();
    parts.join(2, bytes(cut.get(0)));
    parts.join(2, bytes(cut.get(1)));
    assertThat(parts.join(3, bytes(Parts.cut(ByteBuffer.wrap(BYTES), this, 7).getFirst())))
        .isEqualTo(ByteBuffer.wrap(BYTES));
    assertThat(parts.join(3, bytes(cut.get(2)))).isNull();
  }

  private static ByteBuffer bytes(Proposed part) {
    return part.getContent().asReadOnlyByteBuffer();
  }
}
