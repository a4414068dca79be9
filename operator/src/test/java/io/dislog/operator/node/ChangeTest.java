package io.dislog.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dislog.api.Setting;
import io.dislog.operator.crd.LogDurability;
import io.dislog.operator.crd.LogSpec;
import io.dislog.operator.crd.RetentionSpec;
import io.dislog.operator.crd.SegmentSpec;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is changed but what differs. */
final class ChangeTest {

  private static final RetentionSpec RETENTION =
      new RetentionSpec("24h", new IntOrString("1Gi"), true, null, false, null, "10s");
  private static final SegmentSpec SEGMENT = new SegmentSpec(new IntOrString(1048576), "none");

  @Test
  void whatIsWrittenOtherwiseAndMeansTheSameIsNoChange() throws Exception {
    Settings there =
        said(
            """
            {"segment":{"maxBytes":1048576,"maxAge":"none"},
             "retention":{"maxAge":"1d","maxBytes":1073741824,"deleteProcessed":true,"holdUnprocessed":false}}
            """);
    assertThat(Change.between(there, Settings.by(SEGMENT, RETENTION)).isEmpty()).isTrue();
  }

  @Test
  void whatAResourceLeavesOutGoesBackToTheDefault() throws Exception {
    Change change =
        Change.between(
            said("{\"segment\":{\"maxAge\":\"1d\"},\"retention\":{\"maxAge\":\"7d\"}}"),
            Settings.by(null, new RetentionSpec("30d", null, null, null, null, null, null)));
    assertThat(change.json().toString())
        .isEqualTo("{\"segment\":{\"maxAge\":null},\"retention\":{\"maxAge\":\"30d\"}}");
    assertThat(change).hasToString("segment.maxAge is the default, retention.maxAge is 30d");
    assertThat(change.sets().json().toString()).isEqualTo("{\"retention\":{\"maxAge\":\"30d\"}}");
    assertThat(change.resets().json().toString()).isEqualTo("{\"segment\":{\"maxAge\":null}}");
    assertThat(change.without(List.of(Setting.RETENTION_MAX_AGE))).isEqualTo(change.resets());
  }

  @Test
  void whatNoResourceCanSayIsLeftAlone() throws Exception {
    Settings there =
        said("{\"maxRecordBytes\":5,\"future\":{\"x\":1},\"durability\":\"buffered\"}");
    LogSpec log = new LogSpec("orders", null, null, LogDurability.BUFFERED);
    assertThat(Change.between(there, Settings.by(log)).isEmpty()).isTrue();
  }

  @Test
  void aLogSaysAllThatTheResourceSaysOfIt() {
    LogSpec log = new LogSpec("orders", SEGMENT, RETENTION, LogDurability.FSYNC);
    assertThat(Settings.by(log).json().toString())
        .isEqualTo(
            "{\"segment\":{\"maxBytes\":1048576,\"maxAge\":\"none\"},\"retention\":{\"maxAge\":\"24h\",\"maxBytes\":\"1Gi\","
                + "\"deleteProcessed\":true,\"holdUnprocessed\":false},\"durability\":\"fsync\"}");
  }

  private static Settings said(String config) throws JsonProcessingException {
    return Settings.by(new JsonMapper().readTree(config));
  }
}
