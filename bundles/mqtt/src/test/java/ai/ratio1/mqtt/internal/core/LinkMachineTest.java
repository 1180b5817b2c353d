package ai.ratio1.mqtt.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.mqtt.internal.core.LinkMachine.Patience;
import ai.ratio1.mqtt.internal.core.LinkMachine.Phase;
import ai.ratio1.transport.BrokerAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LinkMachineTest {

  private static final long CONNECT = 40;
  private static final long ANSWER = 20;
  private static final long SILENCE = 140;
  private static final BrokerAccount ACCOUNT = account("one");

  private final List<String> done = new ArrayList<>();
  private final LinkMachine machine =
      new LinkMachine(
          new LinkMachine.Actions() {
            @Override
            public void openConnection(BrokerAccount account) {
              done.add("open " + account.host());
            }

            @Override
            public void closeConnection() {
              done.add("close");
            }

            @Override
            public void abandonConnection(boolean broken) {
              done.add(broken ? "broken" : "abandon");
            }
          },
          new Patience(CONNECT, ANSWER, SILENCE),
          backoff());

  @Test
  void connectsWhileThereIsAnAccount() {
    assertThat(machine.tick(0, 0)).isEmpty();
    assertThat(machine.phase()).isEqualTo(Phase.IDLE);
    machine.use(Optional.of(ACCOUNT), 1);
    machine.use(Optional.of(account("one")), 2);
    machine.opened(3);
    assertThat(machine.phase()).isEqualTo(Phase.CONNECTED);
    machine.use(Optional.of(account("two")), 4);
    assertThat(machine.phase()).isEqualTo(Phase.CONNECTING);
    machine.use(Optional.empty(), 5);
    assertThat(machine.phase()).isEqualTo(Phase.IDLE);
    assertThat(done).containsExactly("open one", "close", "open two", "close");
  }

  @Test
  void triesAgainAfterAPauseThatGrows() {
    machine.use(Optional.of(ACCOUNT), 0);
    machine.failed(10);
    assertThat(machine.nanosToRetry(15)).isEqualTo(95);
    machine.tick(0, 109);
    assertThat(done).containsExactly("open one", "abandon");
    machine.tick(0, 110);
    assertThat(done).hasSize(3);
    machine.failed(120);
    assertThat(machine.nanosToRetry(120)).isEqualTo(200);
  }

  @Test
  void onlyAConnectionThatHeldMakesThePauseShortAgain() {
    machine.use(Optional.of(ACCOUNT), 0);
    machine.failed(0);
    machine.tick(0, 100);
    machine.opened(100);
    machine.failed(101);
    assertThat(machine.nanosToRetry(101)).as("it was thrown out at once").isEqualTo(200);
    machine.tick(0, 301);
    machine.opened(301);
    long later = 301 + LinkMachine.STABLE_NANOS;
    machine.failed(later);
    assertThat(machine.nanosToRetry(later)).isEqualTo(100);
  }

  @Test
  void givesUpAConnectionThatNeverComes() {
    machine.use(Optional.of(ACCOUNT), 0);
    assertThat(machine.tick(0, CONNECT)).isEmpty();
    assertThat(machine.tick(0, CONNECT + 1)).hasValue("no answer to CONNECT");
    assertThat(done).containsExactly("open one", "abandon");
    assertThat(machine.phase()).isEqualTo(Phase.WAITING);
  }

  @Test
  void givesUpAConnectionThatOwesAnAnswer() {
    open();
    machine.expect("PUBLISH 1", 0, 10);
    machine.expect("PUBLISH 2", 0, 20);
    machine.answered("PUBLISH 1");
    assertThat(machine.tick(20, 40)).isEmpty();
    assertThat(machine.tick(40, 41)).hasValue("no answer to PUBLISH 2");
    machine.tick(0, 1000);
    machine.opened(1000);
    assertThat(machine.tick(1000, 1041)).as("a new connection owes nothing").isEmpty();
  }

  @Test
  void givesALargeMessageTimeToTravel() {
    open();
    machine.expect("PUBLISH 1", 2 * LinkMachine.SLOWEST, 0);
    long due = 2_000_000_000L + ANSWER;
    assertThat(machine.tick(due, due)).isEmpty();
    assertThat(machine.tick(due, due + 1)).hasValue("no answer to PUBLISH 1");
  }

  @Test
  void givesUpAConnectionThatGivesNoSignOfLife() {
    open();
    assertThat(machine.tick(-5, SILENCE)).isEmpty();
    assertThat(machine.tick(50, SILENCE + 50)).isEmpty();
    assertThat(machine.tick(50, SILENCE + 51)).hasValue("no sign of life");
  }

  @Test
  void otherSettingsBeginWithAnotherConnection() {
    machine.configure(new Patience(1, 1, 1), backoff(), 0);
    assertThat(done).isEmpty();
    open();
    machine.configure(new Patience(1, 1, 1), backoff(), 5);
    assertThat(done).containsExactly("open one", "close", "open one");
    assertThat(machine.tick(5, 7)).hasValue("no answer to CONNECT");
  }

  private void open() {
    machine.use(Optional.empty(), 0);
    machine.use(Optional.of(ACCOUNT), 0);
    machine.opened(0);
  }

  private static Backoff backoff() {
    return new Backoff(
        100,
        1000,
        new RandomGenerator() {
          @Override
          public long nextLong() {
            throw new UnsupportedOperationException();
          }

          @Override
          public long nextLong(long bound) {
            return bound - 1;
          }
        });
  }

  private static BrokerAccount account(String host) {
    return new BrokerAccount(host, 1883, false, "user", "password", Optional.empty());
  }
}
