package io.dislog.http;

import static io.dislog.http.Bodies.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.command.Consumer;
import io.dislog.command.Rejection;
import io.dislog.http.api.Precondition;
import io.dislog.http.notation.EntityTag;
import io.dislog.http.notation.ProblemType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** If-Match on consumers and If-None-Match on records. */
final class ConditionTest {

  private static final Consumer AT_42 = new Consumer("c", 42, 0);

  @Test
  void aPositionIsLeftForTheLogToCompare() {
    assertThat(Precondition.of("\"7\"").at(AT_42)).isEqualTo(7);
    assertThat(Precondition.of(null).at(null)).isNull();
  }

  @Test
  void aStarAsksOnlyThatTheConsumerExists() {
    assertThat(Precondition.of("*").at(AT_42)).isNull();
    assertThatThrownBy(() -> Precondition.of("*").at(null))
        .isInstanceOf(Rejection.ConsumerMoved.class);
  }

  @Test
  void oneOfSeveralPositionsSuffices() {
    assertThat(Precondition.of("\"1\", \"42\"").at(AT_42)).isEqualTo(42);
    assertThatThrownBy(() -> Precondition.of("\"1\",\"2\"").at(AT_42))
        .isInstanceOf(Rejection.ConsumerMoved.class);
  }

  @Test
  void aWeakTagNeverMatches() {
    assertThatThrownBy(() -> Precondition.of("W/\"42\"").at(AT_42))
        .isInstanceOf(Rejection.ConsumerMoved.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "42",
        "\"x\"",
        "",
        "\"\"",
        "\"-1\"",
        "\"42",
        "\"1\",,\"2\"",
        "*, \"1\"",
        "\"99999999999999999999\""
      })
  void anythingElseIsABadRequest(String ifMatch) {
    assertThat(problem(() -> Precondition.of(ifMatch)).type()).isEqualTo(ProblemType.BAD_REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"a-1\"|true",
        "W/\"a-1\"|true",
        "\"x\", W/\"a-1\"|true",
        "\"x,y\" , \"a-1\"|true",
        "*|true",
        "\"a-2\"|false",
        "a-1|false",
        "\"A-1\"|false"
      })
  void ifNoneMatchComparesWeakly(String ifNoneMatch, boolean matches) {
    assertThat(EntityTag.matches(ifNoneMatch, "\"a-1\"")).isEqualTo(matches);
  }
}
