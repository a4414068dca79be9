package io.dislog.raft.base;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what is proposed into entries of raft, and puts it together again where they are applied.
 * For the one applying thread, but for {@link #cut}.
 *
 * <pre>
 * u8   kind     0: all of it; 1: a part, more follow; 2: the last part
 * u32  number   of the part, from 0, where it is one; big-endian
 *      the bytes
 * </pre>
 *
 * <p>Chunks follow each other in the raft log, but for entries without commands, and are of one
 * term; what a leader did not finish is dropped.
 */
public final class EntryChunks {

  private static final byte WHOLE = 0;
  private static final byte PART = 1;
  private static final byte LAST = 2;
  private static final int HEADER = 5;

  private final List<ByteBuffer> held = new ArrayList<>();
  private long term;

  /** Entries that stand for one proposal; the last one carries it. */
  public static List<Proposed> cut(ByteBuffer entry, Object proposal, int limit) {
    if (entry.remaining() <= limit) {
      return List.of(new Proposed(new byte[] {WHOLE}, entry, entry, proposal));
    }
    List<Proposed> chunks = new ArrayList<>();
    for (int from = 0; from < entry.remaining(); from += limit) {
      int size = Math.min(limit, entry.remaining() - from);
      boolean last = from + size == entry.remaining();
      byte[] header =
          ByteBuffer.allocate(HEADER).put(last ? LAST : PART).putInt(chunks.size()).array();
      ByteBuffer bytes = entry.slice(entry.position() + from, size);
      chunks.add(new Proposed(header, bytes, entry, last ? proposal : null));
    }
    return chunks;
  }

  /**
   * Takes the next entry. Bytes are copied only where parts come from another node.
   *
   * @param own what is carried where this node proposed it, or null
   * @return what was proposed, once all of it is there; null before that
   */
  public @Nullable ByteBuffer join(long entryTerm, ByteString entry, @Nullable Proposed own) {
    byte kind = entry.byteAt(0);
    if (kind == WHOLE) {
      held.clear();
      return bytes(entry, 1);
    }
    int number = entry.substring(1, HEADER).asReadOnlyByteBuffer().getInt();
    if (entryTerm != term || number != held.size()) {
      held.clear();
    }
    if (number != held.size()) {
      return null; // The rest of what a leader proposed that this node was not told of: impossible.
    }
    term = entryTerm;
    held.add(bytes(entry, HEADER));
    if (kind != LAST) {
      return null;
    }
    ByteBuffer whole = own == null ? joined() : own.whole();
    held.clear();
    return whole;
  }

  private ByteBuffer joined() {
    ByteBuffer whole = ByteBuffer.allocate(held.stream().mapToInt(ByteBuffer::remaining).sum());
    held.forEach(whole::put);
    return whole.flip();
  }

  /**
   * What follows a header. On the node that proposed it, the two are held apart, and to have them
   * in one buffer would copy both.
   */
  private static ByteBuffer bytes(ByteString entry, int from) {
    return entry.substring(from).asReadOnlyByteBuffer();
  }

  /** Takes note of an entry without commands. */
  public void pass(long entryTerm) {
    if (entryTerm != term) {
      held.clear();
    }
  }

  /** Whether a proposal has begun of which the rest is still to come. */
  public boolean begun() {
    return !held.isEmpty();
  }

  public void clear() {
    held.clear();
  }
}
