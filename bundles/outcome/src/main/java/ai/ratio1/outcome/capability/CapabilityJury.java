package ai.ratio1.outcome.capability;

import ai.ratio1.base.Bytes32;
import ai.ratio1.capability.CapabilityFinding;
import ai.ratio1.capability.CapabilityStatement;
import ai.ratio1.capability.CapabilityVerdict;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.CapabilityAnswer;
import ai.ratio1.wire.certificate.CapabilityHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What the statements of several oracles are worth together. That an answer is wrong is believed to
 * nobody who cannot show it; when it arrived only oracles can say, so more than half of those that
 * can tell have to say that it was late or never came.
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
    private CapabilityVerdict verdict() {
      return statement.finding().cores();
    }
  }

  /**
   * What they found together.
   *
   * @param opinions every statement, in the order given
   * @param verdict on what was to be proven: processors, and graphics processors where some are
   *     claimed
   * @param leading a finding that says so; empty when none is worth anything
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
    CapabilityVerdict verdict = verdict(opinions);
    Predicate<Opinion> says = opinion -> opinion.verdict() == verdict && isWorthMuch(opinion);
    return new Result(
        opinions,
        verdict,
        opinions.stream()
            .filter(says)
            .findFirst()
            .or(() -> opinions.stream().filter(CapabilityJury::isWorthMuch).findFirst())
            .map(opinion -> opinion.statement().finding()));
  }

  private static CapabilityVerdict verdict(List<Opinion> opinions) {
    if (opinions.stream().anyMatch(opinion -> opinion.worth() == Worth.SHOWN)) {
      return CapabilityVerdict.WRONG;
    }
    Map<CapabilityVerdict, Integer> votes = new TreeMap<>();
    opinions.stream()
        .filter(opinion -> opinion.worth() == Worth.SIGNED)
        .forEach(opinion -> votes.merge(opinion.verdict(), 1, Integer::sum));
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

  private static boolean isWorthMuch(Opinion opinion) {
    return opinion.worth() == Worth.SIGNED || opinion.worth() == Worth.SHOWN;
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
