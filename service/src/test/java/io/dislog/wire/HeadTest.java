package io.dislog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HeadTest {

  private static final String GET = "GET /v1/logs HTTP/1.1\n";

  private final Head head = new Head(100, 200);

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "\n",
        GET + "Host: a\nX:\nY: \u00e4\t b \n\n",
        "POST / HTTP/1.0\n!#$%&'*+-.^_`|~09azAZ: x\n\n"
      })
  void whatIsSoundIsWholeAtItsLastByteAndNotBefore(String text) throws Flawed {
    ByteBuf bytes = bytes(text);
    ByteBuf come = Unpooled.buffer();
    while (bytes.isReadable()) {
      assertThat(head.isWhole(come)).isFalse();
      come.writeByte(bytes.readByte());
    }
    assertThat(head.isWhole(come)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "X: a\n b\n\n",
        GET + "X: a\n\tb\n\n",
        GET + " X: a\n\n",
        GET + ": b\n\n",
        GET + "X : b\n\n",
        GET + "X\n\n",
        GET + "X\u0000: b\n\n",
        GET + "X: b\u0001\n\n",
        GET + "X: b\u007f\n\n",
        "GET  / HTTP/1.1\n\n",
        "GET / x HTTP/1.1\n\n",
        "GET /\u0000 HTTP/1.1\n\n",
        "GET /\n\n",
        "GET / \n\n",
        " / HTTP/1.1\n\n",
        "G(T / HTTP/1.1\n\n"
      })
  void whatHttpCallsMalformedIsRefused(String text) {
    assertThat(flaw(bytes(text))).isEqualTo(Flaw.MALFORMED);
  }

  @Test
  void aLineEndsWithBothItsCharacters() {
    assertThat(flaw(latin1(GET.replace("\n", "\r\n") + "X: b\n\r\n"))).isEqualTo(Flaw.MALFORMED);
    assertThat(flaw(latin1("GET / HTTP/1.1\n\r\n"))).isEqualTo(Flaw.MALFORMED);
    assertThat(flaw(latin1("\n"))).isEqualTo(Flaw.MALFORMED);
    assertThat(flaw(latin1(GET.replace("\n", "\r\n") + "X: b\rc\r\n\r\n")))
        .isEqualTo(Flaw.MALFORMED);
  }

  @Test
  void whatIsTooLongIsRefusedBeforeItsEnd() {
    assertThat(flaw(bytes("GET /" + "a".repeat(100)))).isEqualTo(Flaw.LINE_TOO_LONG);
    assertThat(flaw(bytes(GET + "X: " + "a".repeat(200)))).isEqualTo(Flaw.HEADERS_TOO_LARGE);
    assertThat(flaw(bytes(GET + "X: a\n".repeat(40)))).isEqualTo(Flaw.HEADERS_TOO_LARGE);
  }

  @Test
  void thePathIsKnownAsFarAsItHasCome() {
    assertThat(head.path(bytes("GET /v1/logs?a HTTP/1.1\n"))).isEqualTo("/v1/logs");
    assertThat(head.path(bytes("GET /v1"))).isEqualTo("/v1");
    assertThat(head.path(bytes("GET"))).isEmpty();
    assertThat(head.path(bytes("GET /" + "a".repeat(5000)))).hasSizeLessThanOrEqualTo(1024);
  }

  private static Flaw flaw(ByteBuf bytes) {
    Flawed flawed = catchThrowableOfType(Flawed.class, () -> new Head(100, 200).isWhole(bytes));
    assertThat(flawed).as("a flaw").isNotNull();
    return flawed.flaw();
  }

  private static ByteBuf bytes(String text) {
    return latin1(text.replace("\n", "\r\n"));
  }

  private static ByteBuf latin1(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }
}
