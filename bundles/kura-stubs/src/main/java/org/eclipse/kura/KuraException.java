package org.eclipse.kura;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A failure of a Kura service. */
public class KuraException extends Exception {

  private static final long serialVersionUID = 1L;

  private final KuraErrorCode code;

  /** Fails for a reason. */
  public KuraException(KuraErrorCode code) {
    this(code, (Throwable) null);
  }

  /** Fails for a reason, with what it concerns. */
  public KuraException(KuraErrorCode code, Object... arguments) {
    this(code, null, arguments);
  }

  /** Fails for a reason that has a cause. */
  public KuraException(KuraErrorCode code, @Nullable Throwable cause, Object... arguments) {
    super(code + Arrays.toString(arguments), cause);
    this.code = code;
  }

  /** The reason. */
  public KuraErrorCode getCode() {
    return code;
  }
}
