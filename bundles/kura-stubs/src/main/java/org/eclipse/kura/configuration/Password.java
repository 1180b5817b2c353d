package org.eclipse.kura.configuration;

/** A secret value of a configuration. */
public class Password {

  private final char[] password;

  /** Holds a secret. */
  public Password(String password) {
    this(password.toCharArray());
  }

  /** Holds a secret. */
  public Password(char[] password) {
    this.password = password.clone();
  }

  /** The secret. */
  public char[] getPassword() {
    return password.clone();
  }

  @Override
  public String toString() {
    return new String(password);
  }
}
