package io.dislog.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dislog.http.exchange.ProblemException;
import io.dislog.http.notation.ProblemType;
import io.dislog.http.server.WaitingReads.Turn;
import org.junit.jupiter.api.Test;

final class WaitingReadsTest {

  private final WaitingReads reads = new WaitingReads(3, 1);

  @Test
  void fewerMayHaveAThreadThanMayWait() {
    Turn first = reads.begin();
    assertTooBusy(reads::begin);
    assertThat(reads.count()).as("with the one that was refused").isEqualTo(1);
    Turn second = reads.beginWithoutThread();
    Turn third = reads.beginWithoutThread();
    assertTooBusy(reads::beginWithoutThread);
    first.close();
    Turn fourth = reads.beginWithoutThread();
    assertTooBusy(reads::begin);
    second.close();
    Turn fifth = reads.begin();
    third.close();
    fourth.close();
    fifth.close();
    assertThat(reads.count()).isZero();
  }

  private static void assertTooBusy(Runnable begin) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(begin::run)
        .satisfies(e -> assertThat(e.problem().type()).isEqualTo(ProblemType.TOO_BUSY));
  }
}
