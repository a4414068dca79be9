package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a log can only be given when it is created, and what means the same. */
final class LogTraitsTest {

  @Test
  void whatIsWrittenOtherwiseAndMeansTheSameIsNoDifference() {
    assertThat(
            of("application/json", "30m", "2027-01-31T00:00:00.000Z")
                .difference(of("Application/JSON", "1800s", "2027-01-31T01:00:00+01:00")))
        .isEmpty();
    assertThat(
            of("text/plain;charset=utf-8", "1d", "2027-01-31T00:00:00.120Z")
                .difference(of("text/plain; charset=UTF-8", "24h", "2027-01-31T00:00:00.1209Z")))
        .isEmpty();
    assertThat(of(null, null, null).difference(of(null, null, null))).isEmpty();
  }

  @Test
  void whatDiffersIsToldWithBothValues() {
    assertThat(of("text/plain", "1h", null).difference(of("application/json", "30m", null)))
        .contains(
            "contentType text/plain instead of contentType application/json and ttl 1h instead of"
                + " ttl 30m");
    assertThat(of(null, "1h", null).difference(of(null, null, "2027-01-31T00:00:00Z")))
        .contains(
            "ttl 1h instead of no ttl and no expiresAt instead of expiresAt 2027-01-31T00:00:00Z");
    assertThat(of(null, null, "2027-01-31T00:00:00.000Z").difference(of(null, null, "tomorrow")))
        .contains("expiresAt 2027-01-31T00:00:00.000Z instead of expiresAt tomorrow");
  }

  @Test
  void aNewLogIsGivenTimesAsTheServiceWritesThem() {
    assertThat(json(of("application/json", "30m", null)))
        .isEqualTo("{\"contentType\":\"application/json\",\"ttl\":\"30m\"}");
    assertThat(json(of(null, null, "2027-01-31T01:00:00+01:00")))
        .isEqualTo("{\"expiresAt\":\"2027-01-31T00:00:00.000Z\"}");
    assertThat(json(of(null, null, "tomorrow"))).isEqualTo("{\"expiresAt\":\"tomorrow\"}");
    assertThat(json(of(null, null, null))).isEqualTo("{}");
  }

  @Test
  void aConfigurationIsReadAsTheServiceAnswersIt() throws Exception {
    LogTraits read =
        LogTraits.by(
            new JsonMapper()
                .readTree(
                    "{\"contentType\":\"application/json\",\"ttl\":\"30m\",\"segment\":{},\"expiresAt\":null}"));
    assertThat(read).isEqualTo(of("application/json", "30m", null));
    assertThat(read.isFinite()).isTrue();
    assertThat(of("application/json", null, null).isFinite()).isFalse();
    assertThat(of(null, null, "2027-01-31T00:00:00Z").end())
        .contains(Instant.parse("2027-01-31T00:00:00Z"));
  }

  private static LogTraits of(
      @Nullable String contentType, @Nullable String ttl, @Nullable String expiresAt) {
    return new LogTraits(contentType, ttl, expiresAt);
  }

  private static String json(LogTraits settings) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    settings.putInto(config);
    return config.toString();
  }
}
