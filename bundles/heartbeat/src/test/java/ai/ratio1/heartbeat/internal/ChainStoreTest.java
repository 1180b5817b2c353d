package ai.ratio1.heartbeat.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.heartbeat.internal.core.BeatChain;
import ai.ratio1.heartbeat.internal.core.BeatComposer;
import ai.ratio1.heartbeat.internal.core.BeatIngest;
import ai.ratio1.heartbeat.internal.core.Chains;
import ai.ratio1.heartbeat.internal.core.IngestLimits;
import ai.ratio1.heartbeat.internal.core.Network;
import ai.ratio1.heartbeat.internal.core.SignedAnchor;
import ai.ratio1.heartbeat.internal.core.Tally;
import ai.ratio1.heartbeat.internal.core.TestKey;
import ai.ratio1.heartbeat.internal.core.TestSignatures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restarted oracle goes on with the chains it knew; a crash costs it at most a few hashes. */
class ChainStoreTest {

  private static final long EPOCH = 3;

  @TempDir Path folder;

  private final TestKey node = new TestKey(1);
  private final BeatComposer composer = Network.composer(node, "run", Network.knowing(EPOCH));
  private final BeatChain chain = new BeatChain(node, Network.knowing(EPOCH));
  private final TestSignatures signatures = new TestSignatures();
  private Tally tally = new Tally();

  @Test
  void afterACrashTheNextLinkCountsWithoutAnotherAnchor() throws Exception {
    Ledger ledger = new Ledger(folder.resolve("slots.mv"), 16);
    ledger.open();
    BeatIngest before = ingest(ledger);
    announce(before, chain.anchor(EPOCH, Network.SCHEDULE, Network.DOMAIN), 0);
    deliver(before, 400);
    ledger.flush(Network.SCHEDULE, Network.at(EPOCH, 450));
    deliver(before, 900);
    assertThat(tally.linkCount()).isEqualTo(2);
    Path copy = folder.resolve("crash.mv");
    Files.copy(folder.resolve("slots.mv"), copy);
    ledger.close();

    Ledger crashed = new Ledger(copy, 16);
    crashed.open();
    tally = new Tally();
    BeatIngest after = ingest(crashed);
    int asked = signatures.recoveries.get();
    deliver(after, 10_400);
    assertThat(tally.linkCount()).isEqualTo(1);
    assertThat(tally.boundCount()).isEqualTo(1);
    assertThat(signatures.recoveries).hasValue(asked);
    crashed.close();
  }

  @Test
  void whoWasChargedStaysChargedAndFrozenEpochsNeedNoChains() {
    Ledger ledger = new Ledger(folder.resolve("slots.mv"), 16);
    ledger.open();
    BeatIngest ingest = ingest(ledger);
    announce(ingest, chain.anchor(EPOCH, Network.SCHEDULE, Network.DOMAIN), 0);
    announce(ingest, Optional.of(Chains.another(node, EPOCH)), 300);
    ledger.close();

    Ledger next = new Ledger(folder.resolve("slots.mv"), 16);
    next.open();
    assertThat(next.chains().contradictions()).hasSize(1);
    next.freeze(EPOCH);
    next.close();

    Ledger last = new Ledger(folder.resolve("slots.mv"), 16);
    last.open();
    assertThat(last.chains().contradictions()).hasSize(1);
    assertThat(last.chains().all()).allMatch(chains -> chains.isEmpty());
    last.flush(Network.SCHEDULE, Network.at(EPOCH + 20, 0));
    assertThat(last.chains().contradictions()).isEmpty();
    last.close();
  }

  private BeatIngest ingest(Ledger ledger) {
    Announcer silent = new Announcer(Optional::empty, Clock.systemUTC());
    BeatIngest ingest =
        new BeatIngest(
            signatures,
            new IngestLimits(65_536, 8, 100, 100),
            Network.knowing(EPOCH),
            ledger.book(),
            ledger.chains(),
            tally,
            new Refusals(silent, tally, Duration.ofSeconds(10)));
    ingest.setSchedule(Network.SCHEDULE);
    ingest.setNetwork(Network.DOMAIN);
    ingest.setLicensed(Set.of(node.evmAddress()));
    return ingest;
  }

  private void announce(BeatIngest ingest, Optional<SignedAnchor> anchor, long millis) {
    ingest.offer(
        composer.compose(Network.at(EPOCH, millis), EPOCH, anchor, ""), Network.at(EPOCH, millis));
    ingest.work();
  }

  private void deliver(BeatIngest ingest, long millis) {
    byte[] frame =
        chain
            .link(Network.at(EPOCH, millis), EPOCH, Network.SCHEDULE, Network.DOMAIN)
            .orElseThrow()
            .frame();
    ingest.offerLink(frame, Network.at(EPOCH, millis));
    ingest.work();
  }
}
