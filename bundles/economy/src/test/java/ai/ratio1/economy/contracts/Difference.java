package ai.ratio1.economy.contracts;

/** The model and the contracts do not agree. */
final class Difference extends AssertionError {

  private static final long serialVersionUID = 1;

  Difference(String what) {
    super(what);
  }
}
