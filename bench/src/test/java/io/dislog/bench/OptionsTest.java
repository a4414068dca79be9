package io.dislog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dislog.bench.peer.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OptionsTest {

  @Test
  void withoutAnyAllIsMeasuredButThePeers() {
    Options options = options();
    assertThat(options.plan()).isEqualTo(Plan.FULL);
    assertThat(options.parent()).isEqualTo(Path.of("/project/bench/target"));
    assertThat(options.groups()).containsExactly(RowGroup.values());
    assertThat(options.besidePeers()).isFalse();
  }

  @Test
  void rowsAreThoseOfWhatIsMeasured() {
    assertThat(options("--rows=reads").groups()).containsExactly(RowGroup.READS);
    assertThat(options("--peers", "--rows=alone,first").measures())
        .containsExactly(Measure.FIRST, Measure.ALONE);
    assertThatThrownBy(() -> options("--peers", "--rows=reads").measures())
        .hasMessage("beside peers there are no rows 'reads', but first, steady, alone, batches");
  }

  @Test
  void roundsAreThoseOfThePlanOrAsManyAsAreAskedFor() {
    assertThat(options("--quick").plan()).isEqualTo(Plan.QUICK);
    assertThat(options("--quick", "--rounds=3").plan()).isEqualTo(Plan.QUICK.withRounds(3));
    assertThat(options("--rounds=5").plan().rounds()).isEqualTo(5);
  }

  @Test
  void peersAndNodesAreAllOrThoseThatAreNamed() {
    assertThat(options("--peers").besidePeers()).isTrue();
    assertThat(options("--peers").peers()).containsExactly(Peer.values());
    assertThat(options("--peers").nodes()).containsExactly(1, 3);
    assertThat(options("--peers=etcd,nats", "--nodes=3").peers())
        .containsExactly(Peer.NATS, Peer.ETCD);
    assertThat(options("--peers=etcd", "--nodes=3").nodes()).containsExactly(3);
    assertThatThrownBy(() -> options("--peers=mysql").peers())
        .hasMessage("there is no peer 'mysql', but kafka, nats, redis, etcd");
    assertThatThrownBy(() -> options("--peers", "--nodes=2").nodes())
        .hasMessage("--nodes is 1, 3 or 1,3");
  }

  @Test
  void whatIsNoOptionOfTheBenchmarkGoesToTheService() {
    assertThat(options("--quick", "-Xmx1g", "-Da=b", "--dir=/disk").ofService())
        .containsExactly("-Xmx1g", "-Da=b");
  }

  @Test
  void theCommandCanBeGivenAgain() {
    assertThat(options("--peers", "--nodes=3").command())
        .isEqualTo("./dislog bench --peers --nodes=3");
    assertThat(options().command()).isEqualTo("./dislog bench");
  }

  private static Options options(String... options) {
    return Options.of(Stream.concat(Stream.of("/project"), List.of(options).stream()).toList());
  }
}
