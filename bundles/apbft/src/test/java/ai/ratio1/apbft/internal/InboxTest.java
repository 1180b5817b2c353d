package ai.ratio1.apbft.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class InboxTest {

  private static final EvmAddress VICTIM = address(1);
  private static final EvmAddress OTHER = address(2);

  @Test
  void aFloodInOneNameDelaysNobodyElse() {
    Inbox inbox = inbox(100, 10_000);
    for (int i = 0; i < 1_000; i++) {
      inbox.frame(VICTIM, frame(VICTIM, i));
    }
    inbox.frame(OTHER, frame(OTHER, 1));
    List<EvmAddress> senders = List.of(sender(inbox), sender(inbox));
    assertThat(senders).containsExactlyInAnyOrder(VICTIM, OTHER);
  }

  @Test
  void aBudgetInOneNameDoesNotTouchTheOthers() {
    Inbox inbox = inbox(100, 10);
    for (int i = 0; i < 100; i++) {
      inbox.frame(VICTIM, frame(VICTIM, i));
    }
    int taken = 0;
    while (inbox.poll().isPresent()) {
      taken++;
    }
    assertThat(taken).isBetween(10, 12);
    inbox.frame(OTHER, frame(OTHER, 1));
    assertThat(sender(inbox)).isEqualTo(OTHER);
  }

  @Test
  void someGenuineFramesSurviveAFloodInTheSameName() {
    int survived = 0;
    for (int run = 0; run < 200; run++) {
      Inbox inbox = new Inbox(new SplittableRandom(run), 64, 10_000);
      inbox.frame(VICTIM, frame(VICTIM, 7));
      for (int i = 0; i < 64; i++) {
        inbox.frame(VICTIM, frame(VICTIM, 1_000 + i));
      }
      survived += drain(inbox).contains(7L) ? 1 : 0;
    }
    // One in 64 was replaced by the one frame that found the queue full.
    assertThat(survived).isBetween(185, 200);

    int gone = 0;
    for (int run = 0; run < 200; run++) {
      Inbox inbox = new Inbox(new SplittableRandom(run), 64, 10_000);
      inbox.frame(VICTIM, frame(VICTIM, 7));
      for (int i = 0; i < 4 * 64; i++) {
        inbox.frame(VICTIM, frame(VICTIM, 1_000 + i));
      }
      gone += drain(inbox).contains(7L) ? 0 : 1;
    }
    assertThat(gone).as("of 200, after three times the queue: about 95 in 100").isLessThan(198);
  }

  @Test
  void countsWhatGaveWay() {
    Inbox inbox = inbox(16, 100);
    int refused = 0;
    for (int i = 0; i < 20; i++) {
      refused += inbox.frame(VICTIM, frame(VICTIM, i)) ? 0 : 1;
    }
    assertThat(refused).isEqualTo(4);
    assertThat(drain(inbox)).hasSize(16);
  }

  @Test
  void whatHappensOnThisNodeComesFirst() {
    Inbox inbox = inbox(16, 100);
    List<String> done = new ArrayList<>();
    inbox.frame(VICTIM, frame(VICTIM, 1));
    assertThat(inbox.command(() -> done.add("command"))).isTrue();
    inbox.internal(() -> done.add("timer"));
    for (int i = 0; i < 2; i++) {
      Optional.ofNullable(inbox.poll().orElseThrow().action()).ifPresent(Runnable::run);
    }
    assertThat(done).containsExactly("timer", "command");
    assertThat(inbox.poll().orElseThrow().frame()).isNotNull();
  }

  @Test
  void refusesCommandsBeyondItsBoundAndAfterItIsClosed() {
    Inbox inbox = inbox(16, 100);
    int taken = 0;
    while (inbox.command(() -> {})) {
      taken++;
    }
    assertThat(taken).isEqualTo(1024);
    inbox.close();
    assertThat(inbox.poll()).isEmpty();
    assertThat(inbox.command(() -> {})).isFalse();
  }

  @Test
  void closingWakesWhoeverWaits() throws Exception {
    Inbox inbox = inbox(16, 100);
    Thread closer = new Thread(inbox::close);
    closer.start();
    assertThat(inbox.take(TimeUnit.SECONDS.toNanos(20))).isEmpty();
    closer.join();
  }

  @Test
  void forgetsOraclesThatAreNoneAnyMore() {
    Inbox inbox = inbox(16, 100);
    inbox.frame(VICTIM, frame(VICTIM, 1));
    inbox.retain(Set.of(OTHER));
    assertThat(inbox.poll()).isEmpty();
  }

  private static Inbox inbox(int perOracle, int perSecond) {
    return new Inbox(new SplittableRandom(1), perOracle, perSecond);
  }

  private static EvmAddress sender(Inbox inbox) {
    Signed<?> frame = inbox.poll().orElseThrow().frame();
    assertThat(frame).isNotNull();
    return frame.message().header().oracle();
  }

  private static List<Long> drain(Inbox inbox) {
    List<Long> views = new ArrayList<>();
    for (Optional<Inbox.Work> w = inbox.poll(); w.isPresent(); w = inbox.poll()) {
      Signed<?> frame = w.get().frame();
      if (frame != null && frame.message() instanceof ViewWish wish) {
        views.add(wish.view());
      }
    }
    return views;
  }

  private static Signed<?> frame(EvmAddress sender, long view) {
    return new Signed<>(
        new ViewWish(new Header(Bytes32.ZERO, 1, sender), view), Octets.of(new byte[65]));
  }

  private static EvmAddress address(int last) {
    byte[] bytes = new byte[20];
    bytes[19] = (byte) last;
    return EvmAddress.of(bytes);
  }
}
