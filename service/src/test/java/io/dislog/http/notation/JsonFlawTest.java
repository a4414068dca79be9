package io.dislog.http.notation;

import static io.dislog.http.Bodies.problem;
import static io.dislog.http.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.Bodies;
import io.dislog.http.exchange.Json;
import io.dislog.http.exchange.ProblemException;
import io.dislog.http.format.JsonBatchFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonFlawTest {

  /** What a library would say, or call itself. */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "[a-z][A-Z]|Json|Stream|Feature|xception|Unexpected|token|ackson|can't be read");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a:1} | 'a' found where a member's name in double quotes or the object's end is expected at line 1, column 2",
        "{\"a\":NaN} | 'N' found where a value is expected at line 1, column 6",
        "{\"a\":nul} | 'nul' is not a JSON value at line 1, column 6",
        "{\"a\" 1} | '1' found where a colon is expected at line 1, column 6",
        "[1,] | ']' found where a value is expected at line 1, column 4",
        "[1 2] | '2' found where a comma or the array's end is expected at line 1, column 4",
        "{\"a\":1,} | '}' found where a member's name in double quotes is expected at line 1, column 8",
        "[01] | '01' is not a number at line 1, column 2",
        "[1.] | '1.' is not a number at line 1, column 2",
        "[+1] | '+' found where a value or the array's end is expected at line 1, column 2",
        "[\"\\x\"] | there is no such escape in a string: '\\x' at line 1, column 3",
        "[\"a | the string does not end that begins at line 1, column 2",
        "{} {} | '{' found where the end of the text is expected at line 1, column 4",
        "[[[[ | arrays and objects are nested more than 3 deep at line 1, column 4",
        "[123456] | a number has more than 5 characters at line 1, column 2",
        "{\"gr\u00fcn\":x} | 'x' found where a value is expected at line 1, column 9",
        "{ | it ends where a member's name in double quotes or the object's end is expected at line 1, column 2"
      })
  void itSaysWhatStandsWhere(String text, String flaw) {
    assertThat(JsonFlaw.in(utf8(text), 3, 5)).isEqualTo(flaw);
  }

  @Test
  void placesAreCountedInLinesAndTheirCharacters() {
    assertThat(JsonFlaw.in(utf8("{\n  \"a\": [1,\n  ?]}"), 9, 9)).endsWith("at line 3, column 3");
    assertThat(JsonFlaw.in(utf8("[\"a\tb\"]"), 9, 9))
        .isEqualTo("the character U+0009 is not escaped in a string at line 1, column 4");
  }

  @Test
  void whatTheParserRefusesIsExplainedAndNothingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> texts =
        List.of(
            "{\"segment\":{\"maxBytes\":\"64Ki\",\"maxAge\":null},\"durability\":\"fsync\"}",
            "{\"offset\": -12.50e+3, \"b\": [true, false, null, \"\\u00e9\\n\"], \"c\": {}}",
            "{\"a\":{\"b\":[[1],[2,{\"c\":\"gr\u00fcn\"}]]},\n\"d\":0}");
    int refused = 0;
    for (int i = 0; i < 5_000; i++) {
      ByteBuffer broken = broken(texts.get(random.nextInt(texts.size())), random);
      String why = rejection(broken);
      String flaw = JsonFlaw.in(broken, Json.MAX_DEPTH, 1000);
      String shown = "seed %d: %s".formatted(seed, Utf8.decode(broken));
      assertThat(flaw == null).as(shown).isEqualTo(why == null || why.contains("more than once"));
      if (flaw != null) {
        refused++;
        assertThat(why).as(shown).isEqualTo("the body is not JSON: " + flaw);
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }

  @Test
  void noRefusalOfABatchSpeaksOfALibrary() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String batch =
        "{\"records\":[{\"value\":\"a\",\"key\":\"k\"},{\"json\":[1.5e3,{\"a\":null}],"
            + "\"headers\":{\"h\":\"\\u0041\"}},{\"base64\":\"AP8=\"}]}";
    for (int i = 0; i < 5_000; i++) {
      ByteBuffer broken = broken(batch, random);
      try {
        new JsonBatchFormat().parse(broken, Bodies.batch());
      } catch (ProblemException e) {
        String words = e.problem().detail().replaceAll("'.*'", "");
        assertThat(words)
            .as("seed %d: %s", seed, Utf8.decode(broken))
            .doesNotContainPattern(FOREIGN);
      }
    }
  }

  @Test
  void limitsAreNamedToo() {
    assertThat(rejection(utf8("{\"a\":" + "9".repeat(1001) + "}")))
        .contains("more than 1000 characters at line 1, column 6");
    assertThat(rejection(utf8("{\"a\":" + "[".repeat(Json.MAX_DEPTH))))
        .contains("nested more than 10000 deep");
    assertThat(rejection(utf8("{\"a\":[" + "1,".repeat(60_000) + "1]}")))
        .isEqualTo("the body has more than 50000 names and values");
    assertThat(rejection(utf8("{\"a\":\"" + "x".repeat(1 << 20) + "\"}")))
        .isEqualTo("the body is larger than 1048576 bytes");
    assertThat(rejection(utf8(""))).isEqualTo("the body is empty where a JSON object is expected");
    assertThat(rejection(Bodies.bytes("{\"\u00ff\":1}"))).contains("not UTF-8 from byte 2 on");
    assertThat(rejection(utf8("{\"b\":{\"a\":1,\"c\":2,\"a\":[]}}")))
        .isEqualTo("the member 'a' appears more than once");
    assertThat(rejection(utf8("{\"b\":1,\"c\":2,\"b\":3}")))
        .isEqualTo("the member 'b' appears more than once");
    assertThat(rejection(utf8("{\"b\":1,\"c\":2,\"b\":{\"d\":3}}")))
        .isEqualTo("the member 'b' appears more than once");
    String nested = "{\"records\":[{\"json\":" + "[".repeat(Json.MAX_DEPTH) + "}]}";
    assertThat(problem(() -> new JsonBatchFormat().parse(utf8(nested), Bodies.batch())).detail())
        .contains("record 0", "nested more than 10000 deep");
  }

  private static @Nullable String rejection(ByteBuffer body) {
    try {
      Json.object(body, ProblemType.BAD_REQUEST);
      return null;
    } catch (ProblemException e) {
      return e.problem().detail();
    }
  }

  /** The text, whose first character stays, with up to three others replaced, added or left out. */
  private static ByteBuffer broken(String text, Random random) {
    String alphabet = "{}[]\":,\\0123456789.-+eEu/' \n\ttrfnalsN\u00e9\u0001";
    StringBuilder broken = new StringBuilder(text);
    for (int changes = random.nextInt(3); changes >= 0 && broken.length() > 1; changes--) {
      int at = 1 + random.nextInt(broken.length() - 1);
      String other = String.valueOf(alphabet.charAt(random.nextInt(alphabet.length())));
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> broken.replace(at, at + 1, other);
        case 3, 4 -> broken.insert(at, other);
        case 5, 6 -> broken.deleteCharAt(at);
        default -> broken.setLength(at);
      }
    }
    return utf8(broken.toString());
  }
}
