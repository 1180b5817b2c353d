package ai.ratio1.hardware;

import java.util.List;

/**
 * The verdict on a machine.
 *
 * @param nodeClass what it is good for
 * @param reasons what keeps it from the next better class, one clause each; empty for the best
 */
public record Suitability(NodeClass nodeClass, List<String> reasons) {

  /** Copies the list. */
  public Suitability {
    reasons = List.copyOf(reasons);
  }
}
