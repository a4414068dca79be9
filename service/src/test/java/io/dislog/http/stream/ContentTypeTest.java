package io.dislog.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.http.exchange.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContentTypeTest {

  @Test
  void namesAreTheSameInWhateverCaseAndWithWhateverParameters() {
    ContentType plain = ContentType.of("text/plain");
    assertThat(ContentType.of("TEXT/Plain").isSameAs(plain)).isTrue();
    assertThat(ContentType.of("text/plain; charset=utf-8").isSameAs(plain)).isTrue();
    assertThat(ContentType.of("text/html").isSameAs(plain)).isFalse();
  }

  @Test
  void itIsKeptAsItWasSentButForTheCaseOfItsName() {
    assertThat(ContentType.of(" Text/HTML; Charset=UTF-8 ").text())
        .isEqualTo("text/html; Charset=UTF-8");
  }

  @Test
  void jsonAndTextAreToldByTheName() {
    assertThat(ContentType.of("application/JSON;charset=utf-8").isJson()).isTrue();
    assertThat(ContentType.of("application/json-seq").isJson()).isFalse();
    assertThat(ContentType.of("Text/csv").isText()).isTrue();
    assertThat(ContentType.of("application/text").isText()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "text/", "/plain", "a b/c", "text/plain; x", "text/plain,a/b"})
  void whatIsNoMediaTypeIsRefused(String header) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> ContentType.of(header));
  }

  @Test
  void aVeryLongOneIsRefused() {
    assertThat(ContentType.of("text/" + "x".repeat(251)).text()).hasSize(256);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> ContentType.of("text/" + "x".repeat(252)));
  }
}
