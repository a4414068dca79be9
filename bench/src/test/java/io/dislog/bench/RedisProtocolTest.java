package io.dislog.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class RedisProtocolTest {

  private final RedisProtocol redis = new RedisProtocol();

  @Test
  void anAnswerIsWholeWithItsLastByteAndNotBefore() {
    wholeOnlyAtItsEnd("$3\r\n1-0\r\n");
    wholeOnlyAtItsEnd("-ERR no\r\n");
  }

  @Test
  void aRefusalIsNoSuccess() {
    assertThat(redis.succeeded(answer("$3\r\n1-0\r\n"))).isTrue();
    assertThat(redis.succeeded(answer("-ERR no\r\n"))).isFalse();
  }

  private void wholeOnlyAtItsEnd(String answer) {
    for (int length = 0; length < answer.length(); length++) {
      assertThat(redis.end(answer(answer.substring(0, length)))).isEqualTo(-1);
    }
    assertThat(redis.end(answer(answer))).isEqualTo(answer.length());
  }

  private static ByteBuffer answer(String text) {
    return ByteBuffer.allocate(1000).put(text.getBytes(US_ASCII));
  }
}
