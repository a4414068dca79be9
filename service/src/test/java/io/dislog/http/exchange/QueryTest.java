package io.dislog.http.exchange;

import static io.dislog.http.Bodies.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QueryTest {

  @Test
  void whatIsNotGivenHasItsDefault() {
    Query query = new Query(null);
    assertThat(query.number("limit", 100, 1, 1000)).isEqualTo(100);
    assertThat(query.size("maxBytes", 5, 1, 9)).isEqualTo(5);
    assertThat(query.millis("wait", 0, 60_000)).isZero();
    assertThat(query.flag("clamp")).isFalse();
    assertThat(query.text("offset")).isNull();
  }

  @Test
  void valuesAreReadInTheirNotation() {
    Query query =
        new Query("limit=7&maxBytes=4Ki&wait=1m&clamp=true&prefix=%61+b&unknown=&unknown=");
    assertThat(query.number("limit", 100, 1, 1000)).isEqualTo(7);
    assertThat(query.size("maxBytes", 5, 1, 9000)).isEqualTo(4096);
    assertThat(query.millis("wait", 0, 60_000)).isEqualTo(60_000);
    assertThat(query.flag("clamp")).isTrue();
    assertThat(query.text("prefix")).isEqualTo("a+b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=+5",
        "limit=1e3",
        "limit=",
        "limit",
        "limit=5&limit=5",
        "limit=99999999999999999999",
        "limit=5%20",
        "limit=1Ki"
      })
  void aNumberOutOfItsRangeIsRefused(String query) {
    assertThat(problem(() -> new Query(query).number("limit", 100, 1, 1000)).type())
        .isEqualTo(ProblemType.BAD_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wait=61s", "wait=2m", "wait=5", "wait=-1s", "wait=PT5S", "wait="})
  void aDurationOutOfItsRangeIsRefused(String query) {
    assertThat(problem(() -> new Query(query).millis("wait", 0, 60_000)).detail()).contains("wait");
  }

  @ParameterizedTest
  @ValueSource(strings = {"clamp=TRUE", "clamp=1", "clamp=", "clamp=yes"})
  void aFlagIsTrueOrFalse(String query) {
    assertThat(problem(() -> new Query(query).flag("clamp")).detail()).contains("clamp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ofset=1 | the parameter \"ofset\" is not known here; did you mean \"offset\"?",
        "offset=1&foo=2&bar=3 | the parameter \"foo\" is not known here; known are offset, limit",
        "=1 | the parameter \"\" is not known here; known are offset, limit",
        "%6Fffset=1&Limit=1 | the parameter \"Limit\" is not known here; did you mean \"limit\"?"
      })
  void anUnknownParameterIsNamedWithTheOneThatMayBeMeant(String query, String detail) {
    assertThat(problem(() -> new Query(query).refuseAllBut(List.of("offset", "limit"))).detail())
        .isEqualTo(detail.replace('"', '\''));
  }

  @Test
  void nothingBetweenAmpersandsIsNoParameter() {
    new Query("&offset=1&&").refuseAllBut(List.of("offset"));
    assertThat(problem(() -> new Query("x").refuseAllBut(List.of())).detail())
        .isEqualTo("the parameter 'x' is not known here; there are none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=%zz", "%=1", "a=%ff"})
  void brokenEscapesAreRefusedWhereverTheyStand(String query) {
    assertThat(problem(() -> new Query(query)).type()).isEqualTo(ProblemType.BAD_REQUEST);
  }
}
