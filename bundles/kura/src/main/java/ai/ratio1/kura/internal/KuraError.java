package ai.ratio1.kura.internal;

/**
 * Stable codes of the bridge (docs/reference/errors/kura.md). Text alone: the bridge has to run
 * when nothing else of the node does.
 */
enum KuraError {
  /** Kura names no folder for state, or none that is a path. */
  NO_DATA_FOLDER("R1-KURA-001", "Set kura.data in kura.properties, and restart Kura."),
  /** A bundle is not resolved or not active. */
  BUNDLE_DOWN("R1-KURA-002", "Install what is named, or the package that lacks it.");

  private final String code;
  private final String nextStep;

  KuraError(String code, String nextStep) {
    this.code = code;
    this.nextStep = nextStep;
  }

  String nextStep() {
    return nextStep;
  }

  String because(String what) {
    return code + ": " + what + " " + nextStep;
  }

  @Override
  public String toString() {
    return code;
  }
}
