package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.OracleSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PacemakerTest {

  private final Pacemaker pacemaker = pacemaker(7);

  @Test
  void theFaultyAloneMoveNobody() {
    pacemaker.wished(5, 1_000_000);
    pacemaker.wished(6, 0xffff_ffffL);
    assertThat(pacemaker.follow()).isFalse();
    assertThat(pacemaker.wish()).isZero();
  }

  @Test
  void oneMoreThanTheFaultyMakeItWishTheSame() {
    pacemaker.wished(4, 3);
    pacemaker.wished(5, 9);
    pacemaker.wished(6, 5);
    assertThat(pacemaker.follow()).isFalse();
    assertThat(pacemaker.wish()).isEqualTo(3);
  }

  @Test
  void twiceTheFaultyAndOneMoreMakeItEnter() {
    for (int oracle = 2; oracle < 6; oracle++) {
      pacemaker.wished(oracle, 4);
    }
    // Four wish it, and so it wishes it as the fifth.
    assertThat(pacemaker.follow()).isTrue();
    assertThat(pacemaker.view()).isEqualTo(4);
    assertThat(pacemaker.follow()).isFalse();
  }

  @Test
  void aTimeoutWishesForTheNextViewOnce() {
    pacemaker.timeout();
    pacemaker.timeout();
    assertThat(pacemaker.wish()).isEqualTo(1);
  }

  @Property(tries = 300)
  void viewsAndWishesNeverGoBack(@ForAll @Size(max = 60) List<@LongRange(max = 40) Long> wishes) {
    Pacemaker any = pacemaker(4);
    long view = 0;
    long wish = 0;
    for (int i = 0; i < wishes.size(); i++) {
      any.wished(1 + i % 3, wishes.get(i));
      any.follow();
      assertThat(any.view()).isGreaterThanOrEqualTo(view);
      assertThat(any.wish()).isGreaterThanOrEqualTo(Math.max(wish, any.view()));
      view = any.view();
      wish = any.wish();
    }
  }

  @Test
  void viewsLastLongerStepByStepUpToAMaximum() {
    Settings settings = Settings.DEFAULT;
    assertThat(settings.timeout(0)).isEqualTo(1_500);
    assertThat(settings.timeout(3)).isEqualTo(3_000);
    assertThat(settings.timeout(13)).isEqualTo(8_000);
    assertThat(settings.timeout(0xffff_ffffL)).isEqualTo(8_000);
  }

  private static Pacemaker pacemaker(int oracles) {
    FakeKeys keys = new FakeKeys();
    List<EvmAddress> addresses = IntStream.range(0, oracles).mapToObj(keys::address).toList();
    OracleSet set = new OracleSet(addresses, Bytes32.ZERO);
    return new Pacemaker(new Committee(set, Bytes32.ZERO, keys.address(0), Rules.STANDARD));
  }
}
