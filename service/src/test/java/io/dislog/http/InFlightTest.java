package io.dislog.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

final class InFlightTest {

  private final InFlight inFlight = new InFlight(100);

  @Test
  void whoComesWhileNobodyWaitsIsTakenHoweverLarge() {
    InFlight.Share alone = admitted(1000);
    assertThat(alone.grow(1000)).isTrue();
    assertThat(inFlight.admit(1)).isNull();
    alone.letGo();
    assertThat(inFlight.bytes()).isZero();
    admitted(1000);
  }

  @Test
  void othersAreTakenWithinTheLimit() {
    admitted(60);
    InFlight.Share second = admitted(40);
    assertThat(inFlight.admit(1)).isNull();
    assertThat(second.grow(1)).isFalse();
    assertThat(inFlight.bytes()).isEqualTo(100);
  }

  @Test
  void aShareIsFreeWhenItsLastHolderLetsGo() {
    InFlight.Share share = admitted(60);
    share.hold();
    share.letGo();
    assertThat(inFlight.bytes()).isEqualTo(60);
    share.letGo();
    assertThat(inFlight.bytes()).isZero();
  }

  @Test
  void onlyOneRequestOfUnknownSizeIsAlone() {
    InFlight.Share first = admitted(0);
    InFlight.Share second = admitted(0);
    assertThat(first.grow(500)).isTrue();
    assertThat(second.grow(1)).isFalse();
  }

  private InFlight.Share admitted(long size) {
    return Objects.requireNonNull(inFlight.admit(size));
  }
}
