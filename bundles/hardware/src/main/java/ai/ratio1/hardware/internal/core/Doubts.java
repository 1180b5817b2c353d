package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.UnknownFact;
import java.util.ArrayList;
import java.util.List;

/** Collects what could not be believed. */
public final class Doubts {

  private static final int MOST = 64;

  private final List<UnknownFact> facts = new ArrayList<>();

  /** Notes one; those beyond the 64th are dropped. */
  public void add(String what, String why) {
    if (facts.size() < MOST) {
      facts.add(new UnknownFact(what, why));
    }
  }

  /** What was noted. */
  public List<UnknownFact> all() {
    return List.copyOf(facts);
  }
}
