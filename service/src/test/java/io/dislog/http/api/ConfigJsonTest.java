package io.dislog.http.api;

import static io.dislog.http.Bodies.problem;
import static io.dislog.http.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.command.LogSettings;
import io.dislog.command.LogTraits;
import io.dislog.command.SettingsPatch;
import io.dislog.http.notation.ProblemType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigJsonTest {

  private static final long NOW = 1_700_000_000_000L;

  @Test
  void everyMemberIsReadAndPrintedInItsCanonicalForm() {
    LogSettings settings =
        settings(
            utf8(
                "{\"segment\":{\"maxBytes\":\"256Mi\",\"maxAge\":\"24h\"},\"retention\":{\"maxAge\":\"7d\",\"maxBytes\":53687091200,"
                    + "\"deleteProcessed\":true,\"deleteArchived\":false,\"holdUnprocessed\":true,\"holdUnarchived\":false},"
                    + "\"durability\":\"buffered\",\"maxRecordBytes\":\"64Mi\"}"));
    assertThat(printed(settings))
        .isEqualTo(
            "{\"segment\":{\"maxBytes\":268435456,\"maxAge\":\"1d\"},\"retention\":{\"maxAge\":\"7d\",\"maxBytes\":53687091200,"
                + "\"deleteProcessed\":true,\"deleteArchived\":false,\"holdUnprocessed\":true,\"holdUnarchived\":false},"
                + "\"durability\":\"buffered\",\"maxRecordBytes\":67108864}");
  }

  @Test
  void noneMeansNoLimitAndIsAbsentInAnswers() {
    LogSettings settings =
        settings(utf8("{\"retention\":{\"maxAge\":\"none\",\"maxBytes\":\"none\"}}"));
    assertThat(settings.values())
        .isEqualTo(
            Map.of(
                Setting.RETENTION_MAX_AGE,
                Setting.NO_LIMIT,
                Setting.RETENTION_MAX_BYTES,
                Setting.NO_LIMIT));
    assertThat(printed(settings)).isEqualTo("{}");
  }

  @Test
  void nullInAPatchGivesAMemberOrASectionBack() {
    SettingsPatch patch =
        ConfigJson.patch(utf8("{\"segment\":null,\"durability\":null,\"maxRecordBytes\":5}"));
    assertThat(patch.set()).isEqualTo(Map.of(Setting.MAX_RECORD_BYTES, 5L));
    assertThat(patch.reset())
        .containsExactlyInAnyOrder(
            Setting.SEGMENT_MAX_BYTES, Setting.SEGMENT_MAX_AGE, Setting.DURABILITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"x\":1}",
        "{\"\":1}",
        "{\"maxBytes\":1}",
        "{\"segment\":{\"durability\":\"fsync\"}}",
        "{\"segment\":1}",
        "{\"segment\":[]}",
        "{\"segment\":{\"maxBytes\":4095}}",
        "{\"segment\":{\"maxBytes\":-1}}",
        "{\"segment\":{\"maxBytes\":\"none\"}}",
        "{\"segment\":{\"maxBytes\":4096.0}}",
        "{\"segment\":{\"maxBytes\":1e6}}",
        "{\"segment\":{\"maxBytes\":99999999999999999999}}",
        "{\"segment\":{\"maxBytes\":true}}",
        "{\"segment\":{\"maxBytes\":\"-4Ki\"}}",
        "{\"segment\":{\"maxAge\":\"0s\"}}",
        "{\"segment\":{\"maxAge\":5}}",
        "{\"segment\":{\"maxAge\":\"5\"}}",
        "{\"retention\":{\"maxAge\":\"None\"}}",
        "{\"retention\":{\"maxBytes\":0}}",
        "{\"retention\":{\"maxBytes\":-1}}",
        "{\"retention\":{\"deleteProcessed\":\"true\"}}",
        "{\"retention\":{\"deleteProcessed\":1}}",
        "{\"durability\":\"FSYNC\"}",
        "{\"durability\":0}",
        "{\"maxRecordBytes\":0}",
        "{\"maxRecordBytes\":67108865}",
        "{\"maxRecordBytes\":1,\"maxRecordBytes\":1}",
        "{\"segment\":{\"maxAge\":\"1d\",\"maxAge\":\"1d\"}}"
      })
  void whatIsNoConfigurationIsInvalidInPutAndPatch(String json) {
    assertThat(problem(() -> settings(utf8(json))).type()).isEqualTo(ProblemType.INVALID_CONFIG);
    assertThat(problem(() -> ConfigJson.patch(utf8(json))).type())
        .isEqualTo(ProblemType.INVALID_CONFIG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"segment\":null}", "{\"durability\":null}"})
  void nullInAPutIsInvalid(String json) {
    assertThat(problem(() -> settings(utf8(json))).type()).isEqualTo(ProblemType.INVALID_CONFIG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "[]", "1", "null", "\"x\"", "{", "{}x", "{}{}", "{a:1}", "\ufeff{}"})
  void whatIsNotAJsonObjectIsABadRequest(String json) {
    assertThat(problem(() -> ConfigJson.patch(utf8(json))).type())
        .isEqualTo(ProblemType.BAD_REQUEST);
  }

  private static String printed(LogSettings settings) {
    return ConfigJson.json(settings).toString();
  }

  @Test
  void whatCantBeChangedIsGivenWhenALogIsMade() {
    LogTraits traits =
        ConfigJson.creation(
                utf8("{\"contentType\":\"Text/Plain; charset=utf-8\",\"ttl\":\"90s\"}"), NOW)
            .newTraits();
    assertThat(traits).isEqualTo(new LogTraits("Text/Plain; charset=utf-8", 90_000L, null, null));
    assertThat(
            ConfigJson.creation(utf8("{\"expiresAt\":\"2026-11-22T12:14:05.120Z\"}"), NOW)
                .newTraits())
        .isEqualTo(new LogTraits(null, null, 1_795_349_645_120L, null));
    assertThat(problem(() -> ConfigJson.patch(utf8("{\"ttl\":\"90s\"}"))).detail())
        .contains("is given when a log is made");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"contentType\":\"\"}",
        "{\"contentType\":\"json\"}",
        "{\"contentType\":5}",
        "{\"contentType\":null}",
        "{\"ttl\":\"0s\"}",
        "{\"ttl\":90}",
        "{\"ttl\":\"none\"}",
        "{\"ttl\":\"99999999d\"}",
        "{\"expiresAt\":\"2020-01-01T00:00:00Z\"}",
        "{\"expiresAt\":\"tomorrow\"}",
        "{\"expiresAt\":1895349645120}",
        "{\"ttl\":\"5s\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}"
      })
  void whatALogCantBeIsInvalid(String json) {
    assertThat(problem(() -> settings(utf8(json))).type()).isEqualTo(ProblemType.INVALID_CONFIG);
    assertThat(problem(() -> ConfigJson.patch(utf8(json))).type())
        .isEqualTo(ProblemType.INVALID_CONFIG);
  }

  private static LogSettings settings(ByteBuffer json) {
    return ConfigJson.creation(json, NOW).newSettings();
  }
}
