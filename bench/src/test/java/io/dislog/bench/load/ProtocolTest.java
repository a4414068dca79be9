package io.dislog.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProtocolTest {

  private final Protocol http = new HttpProtocol();

  @Test
  void anHttpAnswerIsWholeWithItsLastByteAndNotBefore() {
    wholeOnlyAtItsEnd(
        http, "HTTP/1.1 201 Created\r\ncontent-LENGTH: 12\r\nX: y\r\n\r\nhello\r\n\r\n...");
    wholeOnlyAtItsEnd(http, "HTTP/1.1 201 Created\r\nX-Content-Length: 9\r\n\r\n");
  }

  @Test
  void aRefusalIsNoSuccess() {
    assertThat(http.succeeded(answer("HTTP/1.1 201 Created\r\n\r\n"))).isTrue();
    assertThat(http.succeeded(answer("HTTP/1.1 507 Storage Full\r\n\r\n"))).isFalse();
  }

  private static void wholeOnlyAtItsEnd(Protocol protocol, String answer) {
    for (int length = 0; length < answer.length(); length++) {
      assertThat(protocol.end(answer(answer.substring(0, length)))).isEqualTo(-1);
    }
    assertThat(protocol.end(answer(answer))).isEqualTo(answer.length());
  }

  private static ByteBuffer answer(String text) {
    return ByteBuffer.allocate(1000).put(text.getBytes(StandardCharsets.US_ASCII));
  }
}
