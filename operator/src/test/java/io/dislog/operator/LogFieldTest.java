package io.dislog.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogFieldTest {

  @Test
  void whatIsLoggedMeanwhileBearsTheCluster() {
    try (LogField _ = LogField.of(TestClusters.of("shop", 1))) {
      assertThat(MDC.get("cluster")).isEqualTo("shop/demo");
    }
    assertThat(MDC.get("cluster")).isNull();
  }
}
