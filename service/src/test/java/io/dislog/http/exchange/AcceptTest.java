package io.dislog.http.exchange;

import static io.dislog.http.Bodies.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.dislog.http.notation.MediaType;
import io.dislog.http.notation.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptTest {

  private static final List<String> OFFERS =
      List.of(MediaType.JSON, MediaType.NDJSON, MediaType.BATCH, MediaType.EVENTS);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/*|application/json",
        "text/*|text/event-stream",
        "application/x-ndjson|application/x-ndjson",
        "APPLICATION/X-NDJSON; charset=utf-8|application/x-ndjson",
        "application/json;q=0.5, application/x-ndjson;q=0.6|application/x-ndjson",
        "application/x-ndjson, application/json|application/json",
        "text/html, */*;q=0.1|application/json",
        "application/json;q=0, */*|application/x-ndjson",
        "*/*;q=0.1, text/event-stream|text/event-stream",
        "garbage, text/event-stream|text/event-stream"
      })
  void theHeaviestWinsAndThenTheFirstOffer(String accept, String chosen) {
    assertThat(Accept.choose(accept, OFFERS)).isEqualTo(chosen);
  }

  @Test
  void withoutAcceptTheFirstOfferIsTaken() {
    assertThat(Accept.choose(null, OFFERS)).isEqualTo(MediaType.JSON);
    assertThat(Accept.choose(" ", OFFERS)).isEqualTo(MediaType.JSON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/html", "*/*;q=0", "application/json;q=0", "garbage", "application/json;q=x"})
  void nothingAcceptableIsRefused(String accept) {
    assertThat(problem(() -> Accept.choose(accept, OFFERS)).type())
        .isEqualTo(ProblemType.NOT_ACCEPTABLE);
  }
}
