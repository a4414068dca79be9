package io.dislog.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.disk.Flaw;
import io.dislog.log.Record.Header;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A record's bytes: what they are, how they are read back, and what is told of wrong ones. */
final class FrameTest {

  private static final Record PLAIN = new Record(null, List.of(), bytes("ab"));
  private static final Record FULL =
      new Record(
          bytes("key"),
          List.of(new Header(bytes("name"), bytes("value")), new Header(bytes("n"), bytes(""))),
          bytes("ab"));

  private static final long OFFSET = 5;
  private static final long TIME = 7;

  @Test
  void aFrameIsAHeadAndTheValue() {
    assertThat(Frame.size(PLAIN)).isEqualTo(25 + 2);
  }

  @Test
  void aKeyTakesFourBytesMoreThanItHas() {
    assertThat(Frame.size(new Record(bytes("key"), List.of(), bytes("ab"))))
        .isEqualTo(25 + 4 + 3 + 2);
  }

  @Test
  void headersTakeTheirCountAndTwoLengthsEach() {
    assertThat(Frame.size(new Record(null, FULL.headers(), bytes("ab"))))
        .isEqualTo(25 + 2 + (6 + 4 + 5) + (6 + 1) + 2);
  }

  @Test
  void theHeadIsTheFrameWithoutTheValue() {
    assertThat(Frame.headCapacity(FULL)).isEqualTo(Frame.size(FULL) - 2);
  }

  @Test
  void aPlainFrameHasTheBytesThatAreDrawn() {
    assertThat(hex(frame(PLAIN, 0)))
        .isEqualTo(
            "00000017" + "0c" + "277c8484" + "0000000000000005" + "0000000000000007" + "6162");
  }

  @Test
  void aKeyAndHeadersStandBeforeTheValue() {
    assertThat(hex(frame(FULL, 0).position(25)))
        .isEqualTo(
            "00000003"
                + "6b6579"
                + "0002"
                + ("0004" + "6e616d65" + "00000005" + "76616c7565")
                + ("0001" + "6e" + "00000000")
                + "6162");
  }

  @Test
  void theFlagsSayWhatIsThereAndWhatWasAskedFor() {
    ByteBuffer frame = frame(FULL, Frame.BATCH_GOES_ON | Frame.PRODUCED);

    assertThat(Frame.flagsAt(frame, 0)).isEqualTo(0b111111);
  }

  @Test
  void whatWasPutIsDecoded() {
    assertThat(Frame.decode(frame(FULL, 0))).isEqualTo(new StoredRecord(OFFSET, TIME, false, FULL));
  }

  @Test
  void aFrameIsDecodedFromTheBuffersPositionOn() {
    ByteBuffer frame = frame(PLAIN, 0);
    ByteBuffer behindThree = ByteBuffer.allocate(3 + frame.remaining()).position(3).put(frame);

    assertThat(Frame.decode(behindThree.position(3)))
        .isEqualTo(new StoredRecord(OFFSET, TIME, false, PLAIN));
  }

  @Test
  void aMissingKeyIsNoEmptyOne() {
    Record emptyKey = new Record(bytes(""), List.of(), bytes("ab"));

    assertThat(Frame.decode(frame(PLAIN, 0)).record().key()).isNull();
    assertThat(Frame.decode(frame(emptyKey, 0)).record().key()).isEqualTo(bytes(""));
  }

  @Test
  void aBatchThatGoesOnIsDecodedAsOne() {
    assertThat(Frame.decode(frame(PLAIN, Frame.BATCH_GOES_ON)).batchGoesOn()).isTrue();
  }

  @Test
  void theLongestNameIsReadBack() {
    Header longest = new Header(bytes("n".repeat(Record.MAX_META_BYTES)), bytes(""));
    Record record = new Record(null, List.of(longest), bytes("ab"));

    assertThat(Frame.decode(frame(record, 0)).record()).isEqualTo(record);
    assertThat(Frame.valueSizeAt(frame(record, 0), 0)).isEqualTo(2);
  }

  @Test
  void asManyHeadersAsFitAreReadBack() {
    List<Header> most =
        Collections.nCopies(Record.MAX_META_BYTES, new Header(bytes("n"), bytes("")));
    Record record = new Record(null, most, bytes("ab"));

    assertThat(Frame.decode(frame(record, 0)).record()).isEqualTo(record);
    assertThat(Frame.valueSizeAt(frame(record, 0), 0)).isEqualTo(2);
  }

  @Test
  void theValueIsMeasuredBehindKeyAndHeaders() {
    assertThat(Frame.valueSizeAt(frame(FULL, 0), 0)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {Frame.HEAD_BYTES, 1000, Frame.MAX_BYTES})
  void aSizeThatAFrameCanHaveIsRead(int size) {
    assertThat(Frame.sizeAt(length(size - 4), 0)).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, Frame.HEAD_BYTES - 5, Frame.MAX_BYTES - 3, Integer.MAX_VALUE})
  void aLengthThatNoFrameHasIsRefused(int length) {
    assertThat(Frame.sizeAt(length(length), 0)).isEqualTo(-1);
  }

  @Test
  void aSoundFrameHasNoFlaw() {
    ByteBuffer frame = frame(FULL, 0);

    assertThat(Frame.flawAt(frame, 0, frame.limit(), OFFSET)).isNull();
  }

  @Test
  void anotherSizeThanExpectedIsAFlaw() {
    assertThat(Frame.flawAt(frame(PLAIN, 0), 0, 28, OFFSET))
        .isEqualTo(new Flaw("a frame of 28 bytes", "length 23"));
  }

  @Test
  void anotherOffsetThanExpectedIsAFlaw() {
    assertThat(Frame.flawAt(frame(PLAIN, 0), 0, 27, 6)).isEqualTo(new Flaw("offset 6", "offset 5"));
  }

  @Test
  void aWrongChecksumIsToldWithTheRightOne() {
    ByteBuffer frame = frame(PLAIN, 0);
    frame.putInt(5, 0x12345678);

    assertThat(Frame.flawAt(frame, 0, 27, OFFSET))
        .isEqualTo(new Flaw("checksum 12345678", "277c8484"));
  }

  @ParameterizedTest
  @CsvSource({"flags, 4", "offset, 9", "time, 24", "key, 29", "header, 40", "value, 57"})
  void aFlippedBitFailsTheChecksum(String part, int at) {
    ByteBuffer frame = frame(FULL, 0);
    frame.put(at, (byte) (frame.get(at) ^ 0x40));

    assertThat(Frame.flawAt(frame, 0, frame.limit(), OFFSET))
        .as(part)
        .extracting(Flaw::expected)
        .asString()
        .startsWith("checksum");
  }

  private static ByteBuffer frame(Record record, int flags) {
    ByteBuffer scratch = ByteBuffer.allocate(Frame.headCapacity(record));
    ByteBuffer head = Frame.head(record, flags, OFFSET, TIME, scratch);
    return ByteBuffer.allocate(Frame.size(record)).put(head).put(record.value().duplicate()).flip();
  }

  private static ByteBuffer length(int length) {
    return ByteBuffer.allocate(4).putInt(0, length);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }
}
