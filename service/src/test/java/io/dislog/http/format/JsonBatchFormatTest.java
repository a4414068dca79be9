package io.dislog.http.format;

import static io.dislog.http.Bodies.assertMalformed;
import static io.dislog.http.Bodies.bytes;
import static io.dislog.http.Bodies.text;
import static io.dislog.http.Bodies.utf8;
import static io.dislog.http.Bodies.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Bodies;
import io.dislog.log.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBatchFormatTest {

  private final JsonBatchFormat format = new JsonBatchFormat();

  @Test
  void aValueIsTextInUtf8() {
    Batch batch =
        format.parse(
            utf8(
                "{\"records\":[{\"value\":\"gr\u00fcn\"},{\"value\":\"\"},{\"value\":\"a\\n\\u00e9\\ud83d\\ude00\\/\\\"\\\\\"}]}"),
            Bodies.batch());
    assertThat(valuesOf(batch)).containsExactly("gr\u00fcn", "", "a\n\u00e9\ud83d\ude00/\"\\");
  }

  @Test
  void jsonKeepsItsBytesAsTheyWereSent() {
    Batch batch =
        format.parse(
            utf8(
                "{ \"records\" : [ {\"json\": { \"b\" : [1.0,\t1e2 ] , \"b\":null}} ,"
                    + "{\"json\":\"a\\u0041\\ud800\"},{\"json\":  -1.50 },{\"json\":true},{\"json\":null},{\"json\":[]}]}"),
            Bodies.batch());
    assertThat(valuesOf(batch))
        .containsExactly(
            "{ \"b\" : [1.0,\t1e2 ] , \"b\":null}",
            "\"a\\u0041\\ud800\"",
            "-1.50",
            "true",
            "null",
            "[]");
  }

  @Test
  void base64IsDecoded() {
    Record record =
        format
            .parse(utf8("{\"records\":[{\"base64\":\"AP8=\"}]}"), Bodies.batch())
            .records()
            .getFirst();
    assertThat(record.value()).isEqualTo(bytes("\u0000\u00ff"));
  }

  @Test
  void keyAndHeadersComeInTheirOrder() {
    Record record =
        format
            .parse(
                utf8(
                    "{\"records\":[{\"headers\":{\"b\":\"2\",\"a\":\"\",\"B\":\"\\u0000\"},\"key\":\"\",\"value\":\"v\"}]}"),
                Bodies.batch())
            .records()
            .getFirst();
    assertThat(text(record.key())).isEmpty();
    assertThat(record.headers().stream().map(h -> text(h.name()) + "=" + text(h.value())))
        .containsExactly("b=2", "a=", "B=\u0000");
  }

  @Test
  void noRecordsAreAnEmptyBatch() {
    assertThat(format.parse(utf8(" {\"records\" : [ ] } "), Bodies.batch()).count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"record\":[]}",
        "{\"records\":{}}",
        "{\"records\":[",
        "{\"records\":[]",
        "{\"records\":[]}x",
        "{\"records\":[]}{}",
        "{\"records\":[],\"more\":1}",
        "{\"records\":[],\"records\":[]}",
        "{\"records\":[1]}",
        "{\"records\":[{}]}",
        "{\"records\":[{\"key\":\"k\"}]}",
        "{\"records\":[{\"value\":1}]}",
        "{\"records\":[{\"value\":null}]}",
        "{\"records\":[{\"value\":\"a\",\"json\":1}]}",
        "{\"records\":[{\"value\":\"a\",\"value\":\"a\"}]}",
        "{\"records\":[{\"value\":\"a\",\"Key\":\"a\"}]}",
        "{\"records\":[{\"value\":\"a\",\"key\":null}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":null}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"h\":1}}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"\":\"v\"}}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"a\\u0000\":\"v\"}}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"a\\u0085\":\"v\"}}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"h\":\"v\",\"\\u0068\":\"w\"}}]}",
        "{\"records\":[{\"value\":\"a\",\"headers\":{\"\\ud800\":\"v\"}}]}",
        "{\"records\":[{\"base64\":\"A\"}]}",
        "{\"records\":[{\"base64\":\"AP8\"}]}",
        "{\"records\":[{\"base64\":\"A P8\"}]}",
        "{\"records\":[{\"base64\":\"_-8=\"}]}",
        "{\"records\":[{\"value\":\"\\ud800\"}]}",
        "{\"records\":[{\"value\":\"\\udc00\\ud800\"}]}",
        "{\"records\":[{\"value\":\"\\ud800\\u0041\"}]}",
        "{\"records\":[{\"value\":\"\\x\"}]}",
        "{\"records\":[{\"value\":\"\\u12g4\"}]}",
        "{\"records\":[{\"value\":\"\\u12",
        "{\"records\":[{\"value\":\"a",
        "{\"records\":[{\"value\":\"a\nb\"}]}",
        "{\"records\":[{\"value\":'a'}]}",
        "{\"records\":[{\"json\":NaN}]}",
        "{\"records\":[{\"json\":01}]}",
        "{\"records\":[{\"json\":tru}]}",
        "{\"records\":[{\"json\":[1,]}]}",
        "{\"records\":[{\"json\":/* */1}]}",
        "\ufeff{\"records\":[}"
      })
  void whatIsNotSuchAnObjectIsMalformedFromItsFirstRecordOn(String body) {
    assertMalformed(format, utf8(body), 0);
  }

  @Test
  void theIndexIsThatOfTheFirstBadRecord() {
    assertMalformed(format, utf8("{\"records\":[{\"value\":\"a\"},{\"value\":1},2]}"), 1);
    assertMalformed(format, utf8("{\"records\":[{\"value\":\"a\"},{\"value\":\"b\"} {}]}"), 2);
  }

  @Test
  void malformedUtf8IsMalformedWhereverItStands() {
    assertMalformed(format, bytes("{\"records\":[{\"value\":\"a\"},{\"value\":\"\u00ff\"}]}"), 1);
    assertMalformed(format, bytes("{\"records\":[{\"value\":\"\u00c0\u0080\"}]}"), 0);
    assertMalformed(format, bytes("{\"records\":[{\"json\":\"\u00ed\u00a0\u0080\"}]}"), 0);
    assertMalformed(
        format, bytes("{\"records\":[{\"value\":\"\",\"headers\":{\"\u00ff\":\"\"}}]}"), 0);
  }

  @Test
  void utf16IsNotTakenForJson() {
    assertMalformed(
        format,
        java.nio.ByteBuffer.wrap(
            "{\"records\":[]}".getBytes(java.nio.charset.StandardCharsets.UTF_16BE)),
        0);
  }

  @Test
  void nestingIsBoundedAndEndsNoThread() {
    assertMalformed(format, utf8("{\"records\":[{\"json\":" + "[".repeat(1_000_000) + "}]}"), 0);
  }

  @Test
  void headersBeyondWhatAnyLogTakesAreLeftForTheLogToRefuse() {
    StringBuilder headers = new StringBuilder("\"h\":\"\"");
    for (int i = 0; i < 20_000; i++) {
      headers.append(",\"h").append(i).append("\":\"\"");
    }
    Batch batch =
        format.parse(
            utf8("{\"records\":[{\"json\":0,\"headers\":{" + headers + "}}]}"), Bodies.batch());
    assertThat(batch.records().getFirst().metaSize())
        .isGreaterThan(Record.MAX_META_BYTES)
        .isLessThan(Record.MAX_META_BYTES + 100);
  }
}
