package io.dislog.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.api.Setting;
import io.dislog.log.Record;
import io.dislog.log.SegmentPolicy;
import org.junit.jupiter.api.Test;

/** What the API allows is what a log can do. */
final class SettingRangesTest {

  @Test
  void aSegmentIsAsLargeAsItsIndexCanTell() {
    assertThat(Setting.SEGMENT_MAX_BYTES.least()).isEqualTo(SegmentPolicy.MIN_BYTES);
    assertThat(Setting.SEGMENT_MAX_BYTES.most()).isEqualTo(SegmentPolicy.MAX_BYTES);
  }

  @Test
  void aRecordIsAsLargeAsAStoreTakesIt() {
    assertThat(Setting.MAX_RECORD_BYTES.most()).isEqualTo(Record.MAX_VALUE_BYTES);
  }
}
