package io.dislog.http.notation;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** UTF-8 to the letter (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. */
public final class Utf8 {

  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /**
   * Where bytes stop to be UTF-8.
   *
   * @return an index in the buffer, or -1 where all from its position to its limit is UTF-8
   */
  public static int invalidAt(ByteBuffer bytes) {
    int at = bytes.position();
    int end = bytes.limit();
    while (at < end) {
      if (end - at >= Long.BYTES && (bytes.getLong(at) & NOT_ASCII) == 0) {
        at += Long.BYTES;
        continue;
      }
      int size = sizeAt(bytes, at, end);
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return -1;
  }

  /** The bytes of a text, or null where it has a surrogate without its partner. */
  public static @Nullable ByteBuffer encode(String text) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The text of bytes that are UTF-8. */
  public static String decode(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
  }

  /** How many of Java's characters begin with a byte of a text that is UTF-8. */
  static int charactersBegunBy(byte one) {
    int value = one & 0xFF;
    return (value & 0xC0) == 0x80 ? 0 : value < 0xF0 ? 1 : 2;
  }

  /** Bytes of the character that begins here, 0 where none does. */
  private static int sizeAt(ByteBuffer bytes, int at, int end) {
    int first = bytes.get(at) & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (size == 0 || end - at < size) {
      return 0;
    }
    int second = bytes.get(at + 1) & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < size; i++) {
      if ((bytes.get(at + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return size;
  }
}
