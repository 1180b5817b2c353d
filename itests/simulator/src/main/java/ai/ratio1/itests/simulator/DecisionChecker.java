package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.DecisionCert;
import ai.ratio1.apbft.internal.core.message.DecisionMessage;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedDecision;
import ai.ratio1.consensus.Slot;
import ai.ratio1.wire.certificate.DecisionHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Watches what honest oracles say and decide in slots, and writes down every broken promise: one
 * value per slot, a good one, signed by a quorum; no double vote, no vote below an announced view,
 * no hidden lock; bounded memory; no alarm.
 */
final class DecisionChecker implements Watcher {

  private final Scenario scenario;
  private final OracleSet oracles;
  private final IntConsumer onDecision;
  private final List<String> violations = new ArrayList<>();
  private final Promises promises = new Promises(this::check);
  private final Map<Slot, DecisionCert> first = new LinkedHashMap<>();
  private int largest;

  DecisionChecker(Scenario scenario, IntConsumer onDecision) {
    this.scenario = scenario;
    this.oracles = scenario.ground().oracles(scenario.oracles());
    this.onDecision = onDecision;
  }

  List<String> violations() {
    return violations;
  }

  int largest() {
    return largest;
  }

  List<SignedDecision> decisions() {
    return first.values().stream().map(DecisionCert::certificate).toList();
  }

  @Override
  public void sent(int oracle, Signed<?> signed) {
    if (signed.message() instanceof DecisionMessage message) {
      promises.said(oracle, "slot " + message.slot().sequence(), message);
    }
  }

  @Override
  public void concluded(int oracle, DecisionCert cert) {
    onDecision.accept(oracle);
    String slot = "slot " + cert.slot().sequence() + ": ";
    check(genuine(cert), slot + "a certificate that nobody else accepts");
    check(Values.isGood(cert.value()), slot + "a value that nobody honest calls valid");
    DecisionCert before = first.putIfAbsent(cert.slot(), cert);
    check(before == null || before.value().equals(cert.value()), slot + "two values");
  }

  /** Recovers who signed what the contract would hash. */
  private boolean genuine(DecisionCert cert) {
    SignedDecision signed = cert.certificate();
    Bytes32 digest =
        DecisionHash.digest(
            scenario.ground().domain(),
            signed.configDigest(),
            signed.topic(),
            signed.sequence(),
            signed.view(),
            signed.valueHash());
    int next = 0;
    for (int i = 0; i < oracles.size(); i++) {
      if ((cert.signers() >> i & 1) == 1
          && !scenario
              .ground()
              .keys()
              .recoverer()
              .recover(digest, cert.signatures().get(next++))
              .equals(Optional.of(oracles.oracles().get(i)))) {
        return false;
      }
    }
    return next == cert.signatures().size();
  }

  @Override
  public void warned(int oracle, R1Exception problem) {
    violations.add("oracle " + oracle + " warns: " + problem.describe());
  }

  @Override
  public void rested(int oracle, int held) {
    largest = Math.max(largest, held);
    // Per slot: a candidate of each, judgements, one statement of each kind per view of the window.
    int n = oracles.size();
    int perSlot = n * (1 + 17 * 3 + 2) + 17 + 64;
    int slots = scenario.course().slots();
    check(held <= slots * perSlot + 48 * n + 256, "oracle " + oracle + " holds " + held);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }
}
