package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Watches what honest oracles say and decide, and writes down every broken promise: inclusion,
 * enough tables, no double vote, no vote below a view that was announced, no hidden lock, no reveal
 * before a quorum committed, bounded memory; and what {@link Verdicts} finds in certificates.
 */
final class Checker implements Watcher {

  private final OracleSet oracles;
  private final List<String> violations = new ArrayList<>();
  private final Promises promises = new Promises(this::check);
  private final Map<String, Propose> proposals = new HashMap<>();
  private final Map<Long, Long> committed = new HashMap<>();
  private final Verdicts verdicts;
  private final IntConsumer onDecision;
  private final LongSupplier clock;
  private long revealedAt = -1;
  private int largest;

  Checker(Scenario scenario, Ledger ledger, IntConsumer onDecision, LongSupplier clock) {
    this.oracles = scenario.ground().oracles(scenario.oracles());
    this.verdicts = new Verdicts(scenario, oracles, ledger, this::check);
    this.onDecision = onDecision;
    this.clock = clock;
  }

  List<String> violations() {
    return violations;
  }

  /** The most messages an engine held at any time. */
  int largest() {
    return largest;
  }

  /** When the first honest oracle revealed its table, in milliseconds; −1 when none did. */
  long revealedAt() {
    return revealedAt;
  }

  /** The certificate of each epoch that was seen first. */
  List<SignedCertificate> certificates() {
    return verdicts.certificates();
  }

  @Override
  public void whispered(int oracle, int to, Signed<?> signed) {
    published(signed);
  }

  /** Everything that is said, by anybody. */
  private void published(Signed<?> signed) {
    if (signed.message() instanceof Propose proposal) {
      proposals.put(key(proposal, proposal.view(), proposal.inputs().digest()), proposal);
    } else if (signed.message().kind() == Kind.OBS_COMMIT) {
      int index = oracles.indexOf(signed.message().header().oracle());
      committed.merge(signed.message().header().epoch(), 1L << index, (a, b) -> a | b);
    }
  }

  @Override
  public void sent(int oracle, Signed<?> signed) {
    published(signed);
    Message message = signed.message();
    promises.said(oracle, message.header().epoch(), message);
    if (message instanceof Prepare prepare) {
      included(prepare);
    } else if (message instanceof ObsReveal) {
      long seen = committed.getOrDefault(message.header().epoch(), 0L);
      check(Long.bitCount(seen) >= oracles.quorum(), "oracle " + oracle + " revealed too early");
      revealedAt = revealedAt < 0 ? clock.getAsLong() : revealedAt;
    }
  }

  /** What all honest oracles of a justification vouch for must be in the set. */
  private void included(Prepare prepare) {
    Propose proposal = proposals.get(key(prepare, prepare.view(), prepare.inputsDigest()));
    if (proposal == null) {
      return; // Reported when the sets are compared: somebody prepared what nobody proposed.
    }
    Inputs inputs = proposal.inputs();
    check(inputs.size() >= 2 * oracles.faults() + 1, "too few tables in the set");
    boolean locked =
        proposal.justification().stream().anyMatch(p -> p.message().lock().isPresent());
    for (int i = 0; i < oracles.size() && !locked; i++) {
      Map<Bytes32, Integer> counts = new HashMap<>();
      for (Signed<NewView> part : proposal.justification()) {
        counts.merge(part.message().seen().get(i), 1, Integer::sum);
      }
      counts.remove(Bytes32.ZERO);
      List<Bytes32> enough =
          counts.entrySet().stream()
              .filter(e -> e.getValue() > oracles.faults())
              .map(Map.Entry::getKey)
              .toList();
      if (enough.size() == 1) {
        check(inputs.table(i).equals(enough.stream().findFirst()), "a table was left out");
      } else if (enough.isEmpty()) {
        check(inputs.table(i).isEmpty(), "a table was smuggled in");
      }
    }
  }

  @Override
  public void decided(int oracle, SignedCertificate certificate) {
    onDecision.accept(oracle);
    verdicts.decided(certificate);
  }

  @Override
  public void warned(int oracle, R1Exception problem) {
    violations.add("oracle " + oracle + " warns: " + problem.describe());
  }

  @Override
  public void rested(int oracle, int held) {
    largest = Math.max(largest, held);
    // Per epoch in memory: commitments, reveals, twice as many judgements, one statement of each
    // kind per view of the window, evidence, outcomes; then what engines share.
    int n = oracles.size();
    int perEpoch = n * (2 + 2 + 17 * 3 + 4) + 17 + n + 4;
    check(held <= 16 * perEpoch + 48 * n + 3 * 512, "oracle " + oracle + " holds " + held);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  private static String key(Message message, long view, Bytes32 inputs) {
    return message.header().epoch() + "/" + view + "/" + inputs.toHex();
  }
}
