package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.Introduction;
import ai.ratio1.apbft.internal.core.message.Proof;
import ai.ratio1.chain.OracleSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rules that agreement rests on (consensus.md, section 5), in one place so that a test can
 * break each of them and see the simulator find out. Never subclass it outside tests.
 */
public class Rules {

  /** The rules as they are. */
  public static final Rules STANDARD = new Rules();

  /** For {@link #STANDARD} and for mutants in tests. */
  protected Rules() {}

  /** How many oracles make a quorum: any two quorums share an honest one. */
  public int quorum(OracleSet oracles) {
    return oracles.quorum();
  }

  /** The lock that binds a leader with this justification: the highest shown. */
  public <L extends Proof> Optional<L> binding(List<? extends Introduction<L>> justification) {
    return justification.stream()
        .flatMap(part -> part.lock().stream())
        .max(Comparator.comparingLong(Proof::view));
  }

  /** Whether a follower accepts a proposal: it is what the justification leads to. */
  public boolean follows(Object led, Object proposed) {
    return led.equals(proposed);
  }

  /** Commits add up when this is equal: they must be of one view. */
  public long tally(long view) {
    return view;
  }
}
