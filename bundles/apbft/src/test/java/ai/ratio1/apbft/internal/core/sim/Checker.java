package ai.ratio1.apbft.internal.core.sim;

import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Watches what honest oracles say and decide, and writes down every broken promise: agreement,
 * inclusion, enough tables, no double vote, no vote below a view that was announced, no hidden
 * lock, no reveal before a quorum committed, genuine certificates, bounded memory.
 */
final class Checker implements Watcher {

  private final OracleSet oracles;
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Message> statements = new HashMap<>();
  private final Map<String, Long> announced = new HashMap<>();
  private final Map<String, TreeSet<Long>> voted = new HashMap<>();
  private final Map<String, Propose> proposals = new HashMap<>();
  private final Map<Long, Bytes32> agreed = new HashMap<>();
  private final Map<Long, Long> committed = new HashMap<>();
  private final Keyring keys;
  private final IntConsumer onDecision;
  private int largest;

  Checker(OracleSet oracles, Keyring keys, IntConsumer onDecision) {
    this.keys = keys;
    this.onDecision = onDecision;
    this.oracles = oracles;
  }

  List<String> violations() {
    return violations;
  }

  /** The most messages an engine held at any time. */
  int largest() {
    return largest;
  }

  /** Everything that is published, by anybody. */
  void published(Signed<?> signed) {
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
    if (message.kind().binding()) {
      once(oracle, message);
    }
    String life = oracle + "/" + message.header().epoch();
    if (message instanceof NewView newView) {
      announced.merge(life, newView.view(), Math::max);
      long shown = newView.lock().map(lock -> lock.view()).orElse(-1L);
      check(shown < newView.view(), life + " shows a lock of the view itself");
      Long committed = voted.computeIfAbsent(life, l -> new TreeSet<>()).lower(newView.view());
      check(committed == null || committed <= shown, life + " hides what it is locked on");
    } else if (message instanceof Prepare prepare) {
      notBelow(life, prepare.view());
      included(prepare);
    } else if (message instanceof Commit commit) {
      notBelow(life, commit.view());
      voted.computeIfAbsent(life, l -> new TreeSet<>()).add(commit.view());
    } else if (message instanceof ObsReveal) {
      long seen = committed.getOrDefault(message.header().epoch(), 0L);
      check(Long.bitCount(seen) >= oracles.quorum(), "oracle " + oracle + " revealed too early");
    }
  }

  private void once(int oracle, Message message) {
    long view = -1;
    if (message instanceof Prepare prepare) {
      view = prepare.view();
    } else if (message instanceof Commit commit) {
      view = commit.view();
    }
    String place = oracle + "/" + message.header().epoch() + "/" + message.kind() + "/" + view;
    Message before = statements.putIfAbsent(place, message);
    check(before == null || before.equals(message), "two statements at " + place);
  }

  private void notBelow(String life, long view) {
    check(announced.getOrDefault(life, 0L) <= view, life + " votes below an announced view");
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
    long epoch = certificate.outcome().epoch();
    Bytes32 outcome = CertificateHash.outcome(certificate.outcome());
    Bytes32 before = agreed.putIfAbsent(epoch, outcome);
    check(before == null || before.equals(outcome), "two outcomes of epoch " + epoch);
    check(
        Integer.bitCount(certificate.outcome().observers()) >= 2 * oracles.faults() + 1,
        "too few observers in epoch " + epoch);
    check(genuine(certificate), "a certificate of epoch " + epoch + " that nobody else accepts");
  }

  private boolean genuine(SignedCertificate certificate) {
    Bytes32 digest =
        CertificateHash.digest(OracleNode.DOMAIN, certificate.outcome(), certificate.view());
    List<Octets> signatures = certificate.signatures().stream().map(Octets::of).toList();
    int next = 0;
    for (int i = 0; i < oracles.size(); i++) {
      if ((certificate.signers() >> i & 1) == 1
          && !keys.recoverer()
              .recover(digest, signatures.get(next++))
              .equals(Optional.of(oracles.oracles().get(i)))) {
        return false;
      }
    }
    return next == signatures.size();
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

  void check(boolean holds, String otherwise) {
    if (!holds) {
      violations.add(otherwise);
    }
  }

  private static String key(Message message, long view, Bytes32 inputs) {
    return message.header().epoch() + "/" + view + "/" + inputs.toHex();
  }
}
