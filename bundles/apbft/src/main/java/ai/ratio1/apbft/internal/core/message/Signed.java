package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message and its sender's signature, which is not checked yet. Immutable; the digest is computed
 * once.
 *
 * @param <M> the kind of message
 */
public final class Signed<M extends Message> {

  /** Length of a signature r, s, v. */
  public static final int SIGNATURE_LENGTH = 65;

  private final M message;
  private final Octets signature;
  private @Nullable Digest digest;

  /** Joins both. */
  public Signed(M message, Octets signature) {
    if (signature.length() != SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("a signature has 65 bytes");
    }
    this.message = message;
    this.signature = signature;
  }

  /** What is said. */
  public M message() {
    return message;
  }

  /** 65 bytes r, s, v. */
  public Octets signature() {
    return signature;
  }

  /** What is signed. */
  public Bytes32 digest(Bytes32 domain) {
    Digest known = digest;
    if (known == null || !known.domain.equals(domain)) {
      known = new Digest(domain, message.digest(domain));
      digest = known;
    }
    return known.value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Signed<?> that
        && message.equals(that.message)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(message, signature);
  }

  @Override
  public String toString() {
    return message.toString();
  }

  private record Digest(Bytes32 domain, Bytes32 value) {}
}
