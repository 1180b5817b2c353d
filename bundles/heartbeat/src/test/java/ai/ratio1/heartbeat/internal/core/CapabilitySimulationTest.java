package ai.ratio1.heartbeat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.capability.CapabilityClaim;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.outcome.capability.CapabilityJury;
import ai.ratio1.outcome.capability.ProofBudget;
import ai.ratio1.outcome.capability.ProofBudgets;
import ai.ratio1.outcome.capability.ProofSize;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Oracles, honest nodes and liars in virtual time: who claims what it has not is doubted, and
 * nobody else. A seed draws when each hears of the beacon, how long messages travel, and what
 * oracles compute again.
 */
class CapabilitySimulationTest {

  private static final ProofBudget BUDGET = new ProofBudget("server", 1000, 200, 256, 1000);
  private static final ProofBudgets BUDGETS = new ProofBudgets(List.of(BUDGET));
  private static final int ORACLES = 4;
  private static final int EPOCHS = 3;
  private static final int FINALITY = 2000;
  private static final int POLL = 500;
  private static final int LATENCY = 120;

  private final ProofMaker maker = new ProofMaker(BUDGET);
  private final Map<String, Frames> made = new HashMap<>();

  private enum Deed {
    WORKS,
    /** Makes up a third of its segments. */
    SKIPS,
    /** Signs what its neighbour worked out. */
    BORROWS,
    /** Signs what it worked out in the last epoch. */
    REPLAYS,
    /** Works on its processors, and makes up what graphics processors would find. */
    FAKES_GPUS,
    /** Claims, and finds that it cannot. */
    GIVES_UP
  }

  /**
   * A node.
   *
   * @param claimed how many processors it claims
   * @param there how many it has
   * @param gpus how many graphics processors it claims
   * @param speed of each processor, as a multiple of the slowest of the profile
   */
  private record Machine(TestKey key, int claimed, int there, int gpus, double speed, Deed deed) {

    boolean isHonest() {
      return deed == Deed.WORKS && claimed <= there && speed >= 1;
    }

    CapabilityClaim claim() {
      return new CapabilityClaim("server", claimed, 0, gpus);
    }

    Duration takes(ProofSize size) {
      double turns = Math.ceil(claimed / (double) there) / speed;
      double part =
          deed == Deed.SKIPS ? 0.67 : deed == Deed.WORKS || deed == Deed.FAKES_GPUS ? 1 : 0;
      return Duration.ofNanos((long) (size.work().toNanos() * turns * part));
    }
  }

  private record Frames(byte[] claim, Optional<byte[]> answer) {}

  private record Delivery(Instant at, byte[] frame) {}

  private static final List<Machine> MACHINES =
      List.of(
          new Machine(new TestKey(1), 1, 1, 0, 1, Deed.WORKS),
          new Machine(new TestKey(2), 4, 4, 0, 1.0, Deed.WORKS),
          new Machine(new TestKey(3), 16, 32, 0, 3, Deed.WORKS),
          new Machine(new TestKey(4), 64, 2, 0, 1.5, Deed.WORKS),
          new Machine(new TestKey(5), 256, 8, 0, 1.5, Deed.WORKS),
          new Machine(new TestKey(6), 4, 4, 0, 1, Deed.SKIPS),
          new Machine(new TestKey(7), 4, 1, 0, 1, Deed.BORROWS),
          new Machine(new TestKey(8), 4, 1, 0, 1, Deed.REPLAYS),
          new Machine(new TestKey(9), 64, 2, 0, 1, Deed.GIVES_UP),
          new Machine(new TestKey(10), 4, 4, 2, 1.5, Deed.WORKS),
          new Machine(new TestKey(11), 4, 4, 1, 1.5, Deed.FAKES_GPUS),
          new Machine(new TestKey(12), 4, 4, 8, 1, Deed.GIVES_UP));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void liarsAreDoubtedAndNobodyElse(long seed) {
    Random random = new Random(seed);
    Map<Machine, Integer> doubts = new HashMap<>();
    List<Examiner> oracles =
        IntStream.range(0, ORACLES).mapToObj(i -> examiner(new Random(random.nextLong()))).toList();
    for (long epoch = 1; epoch <= EPOCHS; epoch++) {
      run(oracles, epoch, random);
      for (Machine machine : MACHINES) {
        CapabilityJury.Result found = weigh(oracles, epoch, machine);
        if (machine.isHonest()) {
          assertThat(found.verdict()).as(machine + " " + epoch).isEqualTo(CapabilityVerdict.PROVEN);
          assertThat(found.opinions()).allMatch(o -> !o.statement().finding().cores().isFlagged());
        } else if (found.verdict().isFlagged()) {
          doubts.merge(machine, 1, Integer::sum);
        }
        expected(machine)
            .ifPresent(
                verdict -> assertThat(found.verdict()).as(machine.toString()).isEqualTo(verdict));
      }
    }
    for (Machine machine : MACHINES) {
      assertThat(doubts.getOrDefault(machine, 0))
          .as(machine.toString())
          .isGreaterThanOrEqualTo(machine.isHonest() ? 0 : EPOCHS - 1);
    }
  }

  /** What cannot come out otherwise; whether a skipped segment is hit is a matter of luck. */
  private static Optional<CapabilityVerdict> expected(Machine machine) {
    return switch (machine.deed()) {
      case WORKS ->
          Optional.of(machine.isHonest() ? CapabilityVerdict.PROVEN : CapabilityVerdict.LATE);
      case BORROWS, REPLAYS, FAKES_GPUS -> Optional.of(CapabilityVerdict.WRONG);
      case GIVES_UP -> Optional.of(CapabilityVerdict.MISSING);
      case SKIPS -> Optional.empty();
    };
  }

  private void run(List<Examiner> oracles, long epoch, Random random) {
    Map<Machine, Instant> heard = new HashMap<>();
    MACHINES.forEach(
        machine -> heard.put(machine, Network.at(epoch, FINALITY + random.nextInt(POLL))));
    for (Examiner oracle : oracles) {
      Instant known = Network.at(epoch, FINALITY + random.nextInt(POLL));
      List<Delivery> deliveries = new ArrayList<>();
      for (Machine machine : MACHINES) {
        Frames frames = frames(machine, epoch);
        Instant begun = heard.get(machine).plusMillis(random.nextInt(LATENCY));
        deliveries.add(new Delivery(begun, frames.claim()));
        Instant done = begun.plus(machine.takes(maker.size(machine.claim())));
        frames.answer().ifPresent(frame -> deliveries.add(new Delivery(done, frame)));
      }
      deliveries.sort(Comparator.comparing(Delivery::at));
      boolean learnt = false;
      for (Delivery delivery : deliveries) {
        if (!learnt && delivery.at().isAfter(known)) {
          oracle.learn(epoch, Network.beacon(epoch), Optional.of(known));
          learnt = true;
        }
        oracle.offer(delivery.frame(), delivery.at(), CapabilitySimulationTest::licensed);
        work(oracle);
      }
      oracle.sweep(Network.at(epoch + 1, 0));
    }
  }

  /** The same for every oracle and seed: what a node sends does not depend on them. */
  private Frames frames(Machine machine, long epoch) {
    return made.computeIfAbsent(
        machine.key().address().text() + epoch,
        name -> {
          TestKey key = machine.key();
          CapabilityClaim claim = machine.claim();
          Optional<byte[]> answer =
              switch (machine.deed()) {
                case WORKS -> Optional.of(maker.answer(key, epoch, claim));
                case SKIPS ->
                    Optional.of(maker.skipping(key, epoch, claim, 0.33, new Random(epoch)));
                case BORROWS -> Optional.of(sign(machine, epoch, MACHINES.get(1).key(), epoch));
                case REPLAYS -> Optional.of(sign(machine, epoch, key, epoch - 1));
                case FAKES_GPUS -> Optional.of(maker.withFakedGpus(key, epoch, claim));
                case GIVES_UP -> Optional.empty();
              };
          return new Frames(maker.claim(key, epoch, claim), answer);
        });
  }

  private byte[] sign(Machine machine, long epoch, TestKey worker, long workedIn) {
    byte[] work = maker.work(worker, Network.beacon(workedIn), machine.claim());
    return maker.sign(machine.key(), epoch, Network.beacon(epoch), machine.claim(), work);
  }

  private static CapabilityJury.Result weigh(List<Examiner> oracles, long epoch, Machine machine) {
    List<CapabilityStatement> statements = new ArrayList<>();
    for (int i = 0; i < oracles.size(); i++) {
      TestKey key = new TestKey(100 + i);
      EvmAddress node = machine.key().evmAddress();
      Optional<byte[]> evidence = oracles.get(i).evidence(epoch, node);
      CapabilityFinding finding =
          oracles.get(i).finding(epoch, node, Network.at(epoch + 1, 0)).orElseThrow();
      statements.add(
          new CapabilityStatement(
              key.evmAddress(),
              finding,
              evidence,
              key.signRecoverable(CapabilityHash.finding(Network.DOMAIN.domain(), finding))));
    }
    return new CapabilityJury(
            Network.DOMAIN.domain(), new TestSignatures(), BUDGETS, Network.SCHEDULE.epochLength())
        .weigh(statements);
  }

  private static Examiner examiner(Random random) {
    Examiner examiner =
        new Examiner(
            new TestSignatures(),
            BUDGETS,
            ExamLimits.USUAL,
            random,
            new ExamWatcher() {
              @Override
              public void refused(ProofRefusal why, Optional<EvmAddress> sender, String detail) {
                throw new AssertionError(why + " " + detail);
              }

              @Override
              public void doubted(CapabilityFinding finding) {
                assertThat(finding.cores().isFlagged()).isTrue();
              }
            });
    examiner.setSchedule(Network.SCHEDULE);
    examiner.setDomain(Network.DOMAIN.domain());
    return examiner;
  }

  private static Optional<EvmAddress> licensed(String address) {
    return MACHINES.stream()
        .map(Machine::key)
        .filter(key -> key.address().text().equals(address))
        .map(TestKey::evmAddress)
        .findFirst();
  }

  private static void work(Examiner examiner) {
    while (examiner.work(true)) {
      // Until nothing is left.
    }
  }
}
