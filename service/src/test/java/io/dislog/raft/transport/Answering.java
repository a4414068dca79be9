package io.dislog.raft.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dislog.kit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Does what it is asked. */
final class Answering implements Answers {

  static final int ECHO = 16;
  static final int HOLD = 17;
  static final int REFUSE = 18;

  final List<String> guests = new CopyOnWriteArrayList<>();
  final List<Request> held = new CopyOnWriteArrayList<>();
  final CountDownLatch ended = new CountDownLatch(1);

  @Override
  public Session begin(String node) {
    guests.add(node);
    return new Session() {
      @Override
      public void received(Request request) throws IOException {
        switch (request.kind()) {
          case ECHO -> request.answer(Payload.of(request.body()));
          case HOLD -> held.add(request);
          case REFUSE -> request.refuse("it is refused");
          default -> throw new IOException("unknown");
        }
      }

      @Override
      public void ended() {
        ended.countDown();
      }
    };
  }

  static void awaitAnswer(Peer asked) throws Exception {
    Await.<Exception>until(
        "it is answered",
        () -> {
          try {
            return got(asked.call(ECHO, text("again"))).equals("again");
          } catch (ExecutionException e) {
            return false;
          }
        });
  }

  static Payload text(String text) {
    return Payload.of(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  static String got(CompletableFuture<ByteBuffer> answer) throws Exception {
    return UTF_8.decode(answer.get(1, TimeUnit.MINUTES)).toString();
  }
}
