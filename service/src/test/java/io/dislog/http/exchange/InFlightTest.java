package io.dislog.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InFlightTest {

  private static final int LIMIT = 64 << 20;
  private static final int LARGE = 10 << 20;

  private final InFlight inFlight = new InFlight(LIMIT);

  @Test
  void whatIsOnlyAnnouncedHoldsNothing() {
    for (int i = 0; i < 100; i++) {
      assertThat(inFlight.begin("a").fits(LIMIT)).isTrue();
    }
    assertThat(inFlight.bytes()).isZero();
    assertThat(inFlight.begin("b").grow(2L * LIMIT)).isTrue();
  }

  @Test
  void whoComesWhileNobodyWaitsIsTakenHoweverLarge() {
    InFlight.Share alone = inFlight.begin("a");
    assertThat(alone.grow(LIMIT)).isTrue();
    InFlight.Share other = inFlight.begin("b");
    assertThat(other.grow(LARGE)).isFalse();
    assertThat(alone.grow(LIMIT)).isTrue();
    alone.letGo();
    assertThat(inFlight.bytes()).isZero();
    assertThat(other.grow(2L * LIMIT)).isTrue();
  }

  @Test
  void theOneThatIsTakenHoweverLargeLeavesAnEighthToSmallOnes() {
    InFlight.Share alone = inFlight.begin("a");
    assertThat(alone.grow(2L * LIMIT)).isTrue();
    assertThat(inFlight.begin("a").grow(1 << 10)).as("of the same address").isTrue();
    fill("b", InFlight.SMALL_BYTES);
    assertThat(inFlight.bytes()).isBetween(2L * LIMIT, 2L * LIMIT + LIMIT / 8);
    assertThat(inFlight.begin("c").grow(InFlight.SMALL_BYTES)).isFalse();
    alone.letGo();
    assertThat(inFlight.begin("c").grow(LARGE)).isTrue();
  }

  @Test
  void aShareThatGrowsIsSmallNoMore() {
    assertThat(inFlight.begin("z").grow(1)).isTrue();
    InFlight.Share first = inFlight.begin("a");
    assertThat(first.grow(InFlight.SMALL_BYTES)).isTrue();
    List<InFlight.Share> large = fill("a", LARGE);
    assertThat(inFlight.begin("a").grow(InFlight.SMALL_BYTES)).isTrue();
    assertThat(first.grow(LIMIT / 4)).as("past three quarters").isFalse();
    large.forEach(InFlight.Share::letGo);
    first.letGo();
    assertThat(inFlight.begin("a").fits(LIMIT / 4 * 3)).isTrue();
  }

  @Test
  void onlyOneIsTakenHoweverLarge() {
    InFlight.Share first = inFlight.begin("a");
    InFlight.Share second = inFlight.begin("b");
    assertThat(first.grow(1)).isTrue();
    assertThat(second.grow(1)).isTrue();
    assertThat(first.grow(LIMIT)).isTrue();
    assertThat(second.grow(LARGE)).isFalse();
  }

  @Test
  void oneAddressLeavesAQuarterToOthers() {
    List<InFlight.Share> shares = fill("a", LARGE);
    assertThat(inFlight.bytes()).isLessThanOrEqualTo(LIMIT / 4 * 3);
    assertThat(inFlight.begin("a").fits(LARGE)).isFalse();
    assertThat(inFlight.begin("b").grow(5 << 20)).isTrue();
    shares.forEach(InFlight.Share::letGo);
    assertThat(inFlight.bytes()).isEqualTo(5 << 20);
    assertThat(inFlight.begin("a").grow(LARGE)).isTrue();
  }

  @Test
  void largeOnesLeaveAnEighthToSmallOnes() {
    fill("a", LARGE);
    fill("b", 1 << 20);
    assertThat(inFlight.bytes()).isLessThanOrEqualTo(LIMIT / 8 * 7);
    for (int i = 0; i < 64; i++) {
      assertThat(inFlight.begin("c").grow(1 << 10)).isTrue();
    }
    fill("c", InFlight.SMALL_BYTES);
    assertThat(inFlight.bytes()).isEqualTo(LIMIT);
  }

  @Test
  void aShareIsFreeWhenItsLastHolderLetsGo() {
    InFlight.Share share = inFlight.begin("a");
    assertThat(share.grow(60)).isTrue();
    share.hold();
    share.letGo();
    assertThat(inFlight.bytes()).isEqualTo(60);
    share.letGo();
    assertThat(inFlight.bytes()).isZero();
    assertThat(share.grow(1)).as("what has gone grows").isFalse();
  }

  @Test
  void anAddressOfTheNewKindIsItsNetwork() {
    assertThat(Address.network("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2");
    assertThat(Address.network("10.0.0.1")).isEqualTo("10.0.0.1");
  }

  private List<InFlight.Share> fill(String address, int size) {
    List<InFlight.Share> taken = new ArrayList<>();
    InFlight.Share share = inFlight.begin(address);
    while (share.grow(size)) {
      taken.add(share);
      share = inFlight.begin(address);
    }
    return taken;
  }
}
