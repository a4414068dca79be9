package io.dislog.bench.peer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RedisProtocolTest {

  private final RedisProtocol one = new RedisProtocol(1, 0);
  private final RedisProtocol batch = new RedisProtocol(3, 2);

  @Test
  void anAnswerIsWholeWithTheLastByteOfItsLastPartAndNotBefore() {
    wholeOnlyAtItsEnd(one, "$3\r\n1-0\r\n");
    wholeOnlyAtItsEnd(one, "-ERR no\r\n");
    wholeOnlyAtItsEnd(batch, "$3\r\n1-0\r\n$3\r\n1-1\r\n$3\r\n1-2\r\n:2\r\n");
    wholeOnlyAtItsEnd(batch, "$3\r\n1-0\r\n-ERR no\r\n$3\r\n1-2\r\n:0\r\n");
  }

  @Test
  void anAppendThatIsRefusedIsNoSuccess() {
    assertThat(one.succeeded(answer("$3\r\n1-0\r\n"))).isTrue();
    assertThat(one.succeeded(answer("-ERR no\r\n"))).isFalse();
    assertThat(batch.succeeded(answer("$3\r\n1-0\r\n-ERR no\r\n$3\r\n1-2\r\n:2\r\n"))).isFalse();
  }

  @Test
  void anAppendThatTooFewReplicasHaveIsNoSuccess() {
    assertThat(batch.succeeded(answer("$3\r\n1-0\r\n$3\r\n1-1\r\n$3\r\n1-2\r\n:2\r\n"))).isTrue();
    assertThat(batch.succeeded(answer("$3\r\n1-0\r\n$3\r\n1-1\r\n$3\r\n1-2\r\n:1\r\n"))).isFalse();
  }

  @Test
  void aRequestAppendsAndThenWaits() {
    assertThat(new String(new RedisProtocol(2, 1).request("s", new byte[] {'a', 'b'}), US_ASCII))
        .isEqualTo(
            """
            *8
            $4
            XADD
            $1
            s
            $6
            MAXLEN
            $1
            ~
            $6
            100000
            $1
            *
            $1
            v
            $2
            ab
            *8
            $4
            XADD
            $1
            s
            $6
            MAXLEN
            $1
            ~
            $6
            100000
            $1
            *
            $1
            v
            $2
            ab
            *3
            $4
            WAIT
            $1
            1
            $5
            30000
            """
                .replace("\n", "\r\n"));
  }

  private static void wholeOnlyAtItsEnd(RedisProtocol protocol, String answer) {
    for (int length = 0; length < answer.length(); length++) {
      assertThat(protocol.end(answer(answer.substring(0, length)))).isEqualTo(-1);
    }
    assertThat(protocol.end(answer(answer))).isEqualTo(answer.length());
  }

  private static ByteBuffer answer(String text) {
    return ByteBuffer.allocate(1000).put(text.getBytes(US_ASCII));
  }
}
