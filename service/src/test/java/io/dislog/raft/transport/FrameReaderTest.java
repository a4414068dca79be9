package io.dislog.raft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames come together, however the network cuts them. */
final class FrameReaderTest {

  private final FrameReader reader = new FrameReader();
  private final List<Frame> read = new ArrayList<>();

  @Test
  void framesOfAnySizeComeTogetherHoweverTheyAreCut() throws IOException {
    Random random = new Random(1);
    List<byte[]> bodies = new ArrayList<>();
    ByteBuffer stream = ByteBuffer.allocate(8 << 20);
    for (int size : new int[] {0, 1, 100, 65_523, 65_524, 65_536, 300_000, 3 << 20, 7}) {
      byte[] body = new byte[size];
      random.nextBytes(body);
      bodies.add(body);
      stream.put(Frame.encode(17, bodies.size(), Payload.of(ByteBuffer.wrap(body))));
    }
    stream.flip();

    while (stream.hasRemaining()) {
      byte[] piece = new byte[Math.min(stream.remaining(), 1 + random.nextInt(100_000))];
      stream.get(piece);
      readAll(piece);
    }

    assertThat(reader.hasBegun()).isFalse();
    assertThat(read).hasSameSizeAs(bodies);
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(read.get(i).kind()).isEqualTo(17);
      assertThat(read.get(i).call()).isEqualTo(i + 1);
      assertThat(read.get(i).body()).isEqualTo(ByteBuffer.wrap(bodies.get(i)));
    }
  }

  @Test
  void whatCanBeNoFrameIsRefusedBeforeItTakesMemory() {
    for (int size : new int[] {-1, 0, 8, Frame.MOST_BYTES + 1, Integer.MAX_VALUE}) {
      byte[] begin = ByteBuffer.allocate(4).putInt(size).array();
      assertThatThrownBy(() -> new FrameReader().read(channel(begin), read::add))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("bytes");
    }
  }

  @Test
  void aFrameThatHasBegunIsKnown() throws IOException {
    ByteBuffer frame = Frame.encode(16, 1, Payload.of(ByteBuffer.allocate(100)));
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);

    readAll(new byte[] {bytes[0]});
    assertThat(reader.hasBegun()).isTrue();
    long begun = reader.begunNanos();
    readAll(Arrays.copyOfRange(bytes, 1, 9));
    assertThat(reader.begunNanos()).as("since it began").isEqualTo(begun);

    readAll(Arrays.copyOfRange(bytes, 9, bytes.length));
    assertThat(reader.hasBegun()).isFalse();
    assertThat(read).hasSize(1);
  }

  /** Who says that much comes, and sends little, takes little. */
  @Test
  void aLargeFrameTakesMemoryAsItComes() throws IOException {
    byte[] begin = ByteBuffer.allocate(100).putInt(Frame.MOST_BYTES).array();

    readAll(begin);

    assertThat(reader.capacity()).isLessThan(100_000);
  }

  private void readAll(byte[] piece) throws IOException {
    ReadableByteChannel channel = channel(piece);
    boolean more = true;
    while (more) {
      more = reader.read(channel, read::add);
    }
  }

  private static ReadableByteChannel channel(byte[] bytes) {
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }
}
