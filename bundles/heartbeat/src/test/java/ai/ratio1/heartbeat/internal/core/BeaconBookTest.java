package ai.ratio1.heartbeat.internal.core;

import static ai.ratio1.heartbeat.internal.core.BeaconBook.Judgement.BOUND;
import static ai.ratio1.heartbeat.internal.core.BeaconBook.Judgement.REFUSED;
import static ai.ratio1.heartbeat.internal.core.BeaconBook.Judgement.UNBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.heartbeat.internal.core.BeaconBook.Judgement;
import ai.ratio1.heartbeat.internal.core.Beat.Binding;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BeaconBookTest {

  private final BeaconBook book = new BeaconBook();

  @Test
  void theBeaconOfTheEpochBinds() {
    learn(5, Network.at(5, 2000));
    assertThat(judge(5, 5, Network.at(5, 20_000))).isEqualTo(BOUND);
  }

  @Test
  void theBeaconOfTheEpochBeforeBindsInTheGraceAlone() {
    learn(4, Network.at(4, 2000));
    learn(5, Network.at(5, 2000));
    assertThat(judge(4, 5, Network.at(5, 100))).isEqualTo(BOUND);
    assertThat(judge(4, 5, Network.at(5, 9500))).isEqualTo(BOUND);
    assertThat(judge(4, 5, Network.at(5, 9501))).isEqualTo(REFUSED);
  }

  @Test
  void withoutTheGraceTheFirstSlotsOfEveryEpochWouldBeLostForEveryone() {
    learn(4, Network.at(4, 2000));
    assertThat(judge(4, 5, Network.at(5, 0))).isEqualTo(BOUND);
    assertThat(judge(4, 5, Network.at(5, 1900))).isEqualTo(BOUND);
  }

  @Test
  void aBeaconOfAnotherNetworkIsRefusedEvenInTheGrace() {
    learn(5, Network.at(5, 2000));
    assertThat(
            book.judge(
                new Binding(5, Network.beacon(77)), 5, Network.SCHEDULE, Network.at(5, 3000)))
        .isEqualTo(REFUSED);
  }

  @Test
  void anOldBeaconIsRefused() {
    for (long epoch = 1; epoch <= 5; epoch++) {
      learn(epoch, Network.at(epoch, 2000));
    }
    assertThat(judge(3, 5, Network.at(5, 3000))).isEqualTo(REFUSED);
    assertThat(judge(1, 5, Network.at(5, 3000))).isEqualTo(REFUSED);
  }

  @Test
  void aBeaconOfAnEpochToComeIsRefused() {
    learn(5, Network.at(5, 0));
    learn(6, Network.at(5, 0));
    assertThat(judge(6, 5, Network.at(5, 3000))).isEqualTo(REFUSED);
  }

  @Test
  void whoDoesNotKnowTheBeaconCannotTell() {
    assertThat(judge(5, 5, Network.at(5, 3000))).isEqualTo(UNBOUND);
    learn(4, Network.at(4, 2000));
    assertThat(judge(5, 5, Network.at(5, 3000))).isEqualTo(UNBOUND);
  }

  @Test
  void anAbsentChainCostsNobodyAvailabilityAndItsReturnNeither() {
    learn(3, Network.at(3, 2000));
    // The chain is away for epochs 4 and 5; everybody goes on with beacon(3).
    assertThat(judge(3, 4, Network.at(4, 20_000))).isEqualTo(UNBOUND);
    assertThat(judge(3, 5, Network.at(5, 20_000))).isEqualTo(UNBOUND);
    // This node hears from it a moment earlier than the sender.
    learn(4, Network.at(5, 21_000));
    learn(5, Network.at(5, 21_000));
    assertThat(judge(4, 5, Network.at(5, 21_400))).isEqualTo(BOUND);
  }

  @Test
  void theReturnOfTheChainGivesGraceFromTheMomentItWasNoticed() {
    learn(3, Network.at(3, 2000));
    learn(5, Network.at(5, 21_000));
    assertThat(judge(3, 5, Network.at(5, 21_400))).isEqualTo(UNBOUND);
    assertThat(judge(3, 5, Network.at(5, 28_501))).isEqualTo(REFUSED);
  }

  @Test
  void aSenderCarriesTheNewestBeaconThatIsNotOfTheFuture() {
    assertThat(book.newest(3)).isEmpty();
    learn(0, Network.at(0, 0));
    learn(1, Network.at(0, 0));
    assertThat(book.newest(0).orElseThrow().epoch()).isZero();
    assertThat(book.newest(7).orElseThrow().epoch()).isEqualTo(1);
  }

  @Test
  void remembersFewBeacons() {
    for (long epoch = 0; epoch < 1000; epoch++) {
      learn(epoch, Network.at(epoch, 0));
    }
    assertThat(book.knows(995)).isFalse();
    assertThat(book.knows(996)).isTrue();
  }

  private void learn(long epoch, Instant now) {
    book.learn(epoch, Network.beacon(epoch), now);
  }

  private Judgement judge(long bound, long epoch, Instant receivedAt) {
    return book.judge(
        new Binding(bound, Network.beacon(bound)), epoch, Network.SCHEDULE, receivedAt);
  }
}
