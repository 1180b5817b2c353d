package ai.ratio1.outcome.capability;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import ai.ratio1.base.Bytes32;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the statements of several oracles are worth together. That an answer is wrong is believed to
 * nobody who cannot show it. What was claimed and when the answer arrived only oracles can say: the
 * claim is the one that most of them heard, and more than half of those that heard it and can tell
 * have to say that the answer was late or never came.
 */
public final class CapabilityJury {

  private final Bytes32 domain;
  private final Signatures signatures;
  private final ProofBudgets budgets;
  private final Duration epoch;

  /** What a statement is worth. */
  public enum Worth {
    /** Its oracle signed it. */
    SIGNED,
    /** It says that the answer is wrong, and that can be computed again. */
    SHOWN,
    /** It says that the answer is wrong, and shows nothing that is. */
    NOT_SHOWN,
    /** Its oracle did not sign it. */
    NOT_SIGNED
  }

  /**
   * A statement that was looked at.
   *
   * @param statement what an oracle says
   * @param worth what that is worth
   */
  public record Opinion(CapabilityStatement statement, Worth worth) {
    private CapabilityFinding finding() {
      return statement.finding();
    }

    private CapabilityVerdict verdict() {
      return finding().cores();
    }
  }

  /**
   * What they found together.
   *
   * @param opinions every statement, in the order given
   * @param verdict on what was to be proven: processors, and graphics processors where some are
   *     claimed
   * @param leading a finding of that verdict, on the claim that counts; empty when none is worth
   *     anything
   */
  public record Result(
      List<Opinion> opinions, CapabilityVerdict verdict, Optional<CapabilityFinding> leading) {}

  /**
   * A jury.
   *
   * @param domain the EIP-712 domain of the network
   * @param epoch length of an epoch
   */
  public CapabilityJury(
      Bytes32 domain, Signatures signatures, ProofBudgets budgets, Duration epoch) {
    this.domain = domain;
    this.signatures = signatures;
    this.budgets = budgets;
    this.epoch = epoch;
  }

  /** Weighs statements about one node and epoch; other statements than that are for the caller. */
  public Result weigh(List<CapabilityStatement> statements) {
    List<Opinion> opinions =
        statements.stream().map(said -> new Opinion(said, worth(said))).toList();
    Optional<Opinion> shown = with(Worth.SHOWN, opinions).findFirst();
    if (shown.isPresent()) {
      return new Result(opinions, CapabilityVerdict.WRONG, shown.map(Opinion::finding));
    }
    List<Opinion> heard = ofTheClaimThatMostHeard(with(Worth.SIGNED, opinions));
    CapabilityVerdict verdict = verdict(heard);
    return new Result(
        opinions,
        verdict,
        heard.stream()
            .filter(opinion -> opinion.verdict() == verdict)
            .findFirst()
            .map(Opinion::finding));
  }

  private static Stream<Opinion> with(Worth worth, List<Opinion> opinions) {
    return opinions.stream().filter(opinion -> opinion.worth() == worth);
  }

  /** A liar may report another claim than the node made, and a node may make more than one. */
  private static List<Opinion> ofTheClaimThatMostHeard(Stream<Opinion> signed) {
    return signed
        .collect(groupingBy(opinion -> opinion.finding().claim(), LinkedHashMap::new, toList()))
        .values()
        .stream()
        .reduce((most, other) -> other.size() > most.size() ? other : most)
        .orElse(List.of());
  }

  private static CapabilityVerdict verdict(List<Opinion> heard) {
    Map<CapabilityVerdict, Integer> votes = new TreeMap<>();
    heard.forEach(opinion -> votes.merge(opinion.verdict(), 1, Integer::sum));
    int proven = votes.getOrDefault(CapabilityVerdict.PROVEN, 0);
    int late = votes.getOrDefault(CapabilityVerdict.LATE, 0);
    int missing = votes.getOrDefault(CapabilityVerdict.MISSING, 0);
    if (late + missing > proven) {
      return late > missing ? CapabilityVerdict.LATE : CapabilityVerdict.MISSING;
    }
    if (proven > 0) {
      return CapabilityVerdict.PROVEN;
    }
    return votes.containsKey(CapabilityVerdict.OPEN)
        ? CapabilityVerdict.OPEN
        : CapabilityVerdict.UNPROVEN;
  }

  private Worth worth(CapabilityStatement said) {
    Bytes32 digest = CapabilityHash.finding(domain, said.finding());
    if (signatures.recover(digest, said.signature()).filter(said.oracle()::equals).isEmpty()) {
      return Worth.NOT_SIGNED;
    }
    if (said.finding().cores() != CapabilityVerdict.WRONG) {
      return Worth.SIGNED;
    }
    return isShown(said) ? Worth.SHOWN : Worth.NOT_SHOWN;
  }

  /** Whether the node itself signed something that cannot be. */
  private boolean isShown(CapabilityStatement said) {
    CapabilityFinding finding = said.finding();
    Optional<CapabilityAnswer> signed =
        said.evidence()
            .flatMap(CapabilityAnswer::parse)
            .filter(answer -> answer.epoch() == finding.epoch())
            .filter(answer -> answer.claim().equals(finding.claim()))
            .filter(answer -> isSigned(answer, finding));
    Optional<ProofBudget> budget = budgets.find(finding.claim().profile());
    if (signed.isEmpty() || budget.isEmpty()) {
      return false;
    }
    if (!budget.get().allows(finding.claim())) {
      return true;
    }
    ProofSize size = ProofSize.of(budget.get(), finding.claim(), epoch);
    int place = finding.wrongSegment();
    return CapabilityAudit.isWhole(signed.get(), size)
        && place >= 0
        && place < size.places()
        && !new CapabilityAudit(signed.get(), finding.node(), size).holds(place);
  }

  private boolean isSigned(CapabilityAnswer answer, CapabilityFinding finding) {
    return signatures
        .recover(answer.digest(domain, finding.node()), answer.signature())
        .filter(finding.node()::equals)
        .isPresent();
  }
}
