package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Looks at certificates: one outcome per epoch, computed by the production rule from at least 2f+1
 * tables that count, between what honest oracles saw, signed by a quorum.
 */
final class Verdicts {

  private final Scenario scenario;
  private final OracleSet oracles;
  private final Ledger ledger;
  private final BiConsumer<Boolean, String> check;
  private final TreeMap<Long, SignedCertificate> first = new TreeMap<>();

  Verdicts(Scenario scenario, OracleSet oracles, Ledger ledger, BiConsumer<Boolean, String> check) {
    this.scenario = scenario;
    this.oracles = oracles;
    this.ledger = ledger;
    this.check = check;
  }

  List<SignedCertificate> certificates() {
    return new ArrayList<>(first.values());
  }

  void decided(SignedCertificate certificate) {
    long epoch = certificate.outcome().epoch();
    check.accept(
        genuine(certificate), "epoch " + epoch + ": a certificate that nobody else accepts");
    SignedCertificate before = first.putIfAbsent(epoch, certificate);
    if (before == null) {
      settle(certificate.outcome());
    } else {
      check.accept(
          before.outcome().equals(certificate.outcome()), "epoch " + epoch + ": two outcomes");
    }
  }

  private void settle(EpochOutcome outcome) {
    String epoch = "epoch " + outcome.epoch() + ": ";
    int enough = 2 * oracles.faults() + 1;
    int counted = outcome.observers() & ~outcome.excluded();
    check.accept(Integer.bitCount(counted) >= enough, epoch + "too few tables count");
    boolean copied =
        scenario.foe() == Foe.COPYING
            && Copier.repeatsSeals(scenario)
            && outcome.observers() >>> scenario.honest() != 0;
    check.accept(!copied, epoch + "a copied seal was opened");
    Optional<Ledger.Settled> settled = ledger.settle(outcome);
    check.accept(settled.isPresent(), epoch + "an outcome that nobody honest computed");
    settled.ifPresent(
        known -> known.agreed().ifPresent(agreed -> bounded(known, agreed, counted, epoch)));
  }

  /** Every median lies between two honest values. */
  private void bounded(Ledger.Settled settled, AgreedEpoch agreed, int counted, String epoch) {
    List<byte[]> honest = new ArrayList<>();
    for (int index = 0; index < scenario.honest(); index++) {
      if ((counted >> index & 1) == 1) {
        Bytes32 hash = settled.inputs().table(index).orElseThrow();
        honest.add(ledger.rows(agreed.outcome().epoch(), hash).orElseThrow());
      }
    }
    for (int row = 0; row < agreed.table().length; row++) {
      int least = 255;
      int most = 0;
      for (byte[] table : honest) {
        least = Math.min(least, Byte.toUnsignedInt(table[row]));
        most = Math.max(most, Byte.toUnsignedInt(table[row]));
      }
      int median = Byte.toUnsignedInt(agreed.table()[row]);
      check.accept(
          least <= median && median <= most, epoch + "a median beyond what the honest saw");
    }
  }

  private boolean genuine(SignedCertificate certificate) {
    Bytes32 digest =
        CertificateHash.digest(
            scenario.ground().domain(), certificate.outcome(), certificate.view());
    List<Octets> signatures = certificate.signatures().stream().map(Octets::of).toList();
    int next = 0;
    for (int i = 0; i < oracles.size(); i++) {
      if ((certificate.signers() >> i & 1) == 1
          && !scenario
              .ground()
              .keys()
              .recoverer()
              .recover(digest, signatures.get(next++))
              .equals(Optional.of(oracles.oracles().get(i)))) {
        return false;
      }
    }
    return next == signatures.size();
  }
}
