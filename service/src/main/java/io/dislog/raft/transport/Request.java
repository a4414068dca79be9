package io.dislog.raft.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What another node asks this one; answered once, by any thread, which is not held up. */
public final class Request {

  private final Connection connection;
  private final Frame frame;

  Request(Connection connection, Frame frame) {
    this.connection = connection;
    this.frame = frame;
  }

  public int kind() {
    return frame.kind();
  }

  /** Of its own; not to be changed. */
  public ByteBuffer body() {
    return frame.body();
  }

  public void answer(Payload body) {
    send(Frame.ANSWER, body);
  }

  /** Says why there is no answer. */
  public void refuse(String why) {
    send(Frame.REFUSAL, Payload.of(ByteBuffer.wrap(why.getBytes(StandardCharsets.UTF_8))));
  }

  private void send(int kind, Payload body) {
    try {
      connection.send(Frame.encode(kind, frame.call(), body));
    } catch (IOException e) { // It would wait for ever.
      connection.end(e);
    }
  }
}
