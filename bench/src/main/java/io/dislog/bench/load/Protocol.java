package io.dislog.bench.load;

import java.nio.ByteBuffer;

/** How a server's answers are told apart. Safe for use by many threads. */
public interface Protocol {

  /** Where the answer that begins at 0 ends, or -1 while it is not whole. */
  int end(ByteBuffer answer);

  /** Whether a whole answer says that what was asked for is done. */
  boolean succeeded(ByteBuffer answer);
}
