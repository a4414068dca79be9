package io.dislog.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings as JSON has them. */
final class SettingTest {

  @ParameterizedTest
  @CsvSource({
    "SEGMENT_MAX_BYTES, '\"64Ki\"', 65536, 65536",
    "SEGMENT_MAX_BYTES, 1099511627776, 1099511627776, 1099511627776",
    "RETENTION_MAX_BYTES, '\"none\"', -1, '\"none\"'",
    "RETENTION_MAX_AGE, '\"24h\"', 86400000, '\"1d\"'",
    "RETENTION_MAX_AGE, '\"none\"', -1, '\"none\"'",
    "RETENTION_HOLD_UNPROCESSED, true, 1, true",
    "RETENTION_DELETE_ARCHIVED, false, 0, false",
    "DURABILITY, '\"buffered\"', 1, '\"buffered\"'"
  })
  void aValueIsReadAndWritten(Setting setting, String json, long value, String written)
      throws IOException {
    assertThat(setting.read(tree(json))).hasValue(value);
    assertThat(setting.write(value)).hasToString(written);
  }

  @ParameterizedTest
  @CsvSource({
    "SEGMENT_MAX_BYTES, '\"none\"'",
    "SEGMENT_MAX_BYTES, -1",
    "RETENTION_MAX_BYTES, -1",
    "RETENTION_MAX_BYTES, 1.5",
    "RETENTION_MAX_BYTES, 9223372036854775808",
    "RETENTION_MAX_BYTES, true",
    "RETENTION_MAX_AGE, 5000",
    "RETENTION_MAX_AGE, '\"1Ki\"'",
    "RETENTION_HOLD_UNPROCESSED, '\"true\"'",
    "DURABILITY, '\"FSYNC\"'",
    "DURABILITY, null"
  })
  void whatIsNoValueOfThisKindIsNone(Setting setting, String json) throws IOException {
    assertThat(setting.read(tree(json))).isEmpty();
  }

  @Test
  void twoValuesSayTheSameInWhateverUnit() throws IOException {
    JsonNode gibi = tree("\"1Gi\"");
    assertThat(Setting.RETENTION_MAX_BYTES.isSame(gibi, tree("1073741824"))).isTrue();
    assertThat(Setting.RETENTION_MAX_BYTES.isSame(gibi, tree("\"2Gi\""))).isFalse();
    assertThat(Setting.RETENTION_MAX_BYTES.isSame(NullNode.instance, tree("null"))).isTrue();
    assertThat(Setting.RETENTION_MAX_BYTES.isSame(NullNode.instance, gibi)).isFalse();
    assertThat(Setting.RETENTION_MAX_AGE.isSame(tree("\"none\""), tree("\"none\""))).isTrue();
  }

  private static JsonNode tree(String json) throws IOException {
    return new JsonMapper().readTree(json);
  }
}
