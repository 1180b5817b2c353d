package ai.ratio1.chain.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts on coded failures. */
final class Codes {

  private Codes() {}

  /** Asserts that something fails with the code R1-CHAIN- and a number. */
  static AbstractThrowableAssert<?, ?> assertFails(String number, ThrowingCallable action) {
    return assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            R1Exception.class,
            failure ->
                Assertions.assertThat(failure.code().text())
                    .as(failure.describe())
                    .isEqualTo("R1-CHAIN-" + number));
  }
}
