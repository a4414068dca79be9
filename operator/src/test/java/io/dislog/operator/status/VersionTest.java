package io.dislog.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void releasesAreInTheOrderOfTheirAgeWhichIsNotThatOfTheirText() {
    List<String> aged =
        List.of(
            "dev",
            "0.1.0-SNAPSHOT",
            "0.1.0",
            "0.2.0",
            "0.10.0-rc2",
            "0.10.0-rc10",
            "0.10.0",
            "0.10.1",
            "1.0.0",
            "10.0.0");
    for (int i = 1; i < aged.size(); i++) {
      Version one = Version.of(aged.get(i - 1));
      Version other = Version.of(aged.get(i));
      assertThat(one).as("%s and %s", aged.get(i - 1), aged.get(i)).isLessThan(other);
      assertThat(other).isGreaterThan(one);
      assertThat(other).isEqualByComparingTo(Version.of(aged.get(i)));
    }
  }
}
