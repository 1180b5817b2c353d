package ai.ratio1.dauth.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkFactsTest {

  private static final Instant GENESIS = Instant.parse("2026-11-27T12:00:00Z");

  private final TestChain chain = new TestChain();
  private final NetworkFacts facts = new NetworkFacts(EvmAddress.of(new byte[20]));

  @Test
  void aGenesisThatIsTakenBackAndScheduledAnewIsFollowed() {
    facts.chain = chain;
    Instant now = GENESIS.plusSeconds(95);
    assertThat(facts.epoch(now)).as("nobody knows").isZero();
    chain.schedule = Optional.of(beginning(GENESIS));
    assertThat(facts.epoch(now)).isEqualTo(3);
    chain.schedule = Optional.of(beginning(GENESIS.plusSeconds(60)));
    assertThat(facts.epoch(now)).isEqualTo(1);
    facts.chain = null;
    assertThat(facts.epoch(now)).as("what is known stays").isEqualTo(1);
  }

  private static EpochSchedule beginning(Instant genesis) {
    return new EpochSchedule(
        genesis,
        Duration.ofSeconds(30),
        Duration.ofMillis(500),
        Duration.ofMillis(125),
        Duration.ofSeconds(3),
        Duration.ofMillis(1500),
        250);
  }
}
