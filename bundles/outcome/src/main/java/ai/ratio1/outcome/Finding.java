package ai.ratio1.outcome;

/**
 * Something an audit looked at.
 *
 * @param check what was checked, in a few words that stay the same
 * @param holds whether it is as it should be
 * @param detail what was found, for people
 */
public record Finding(String check, boolean holds, String detail) {

  static Finding of(String check, boolean holds, String detail) {
    return new Finding(check, holds, detail);
  }

  /** Compares a value that is claimed with the one that follows. */
  static Finding compare(String check, Object claimed, Object computed) {
    boolean same = claimed.equals(computed);
    return new Finding(
        check, same, same ? claimed.toString() : "says " + claimed + ", follows " + computed);
  }
}
