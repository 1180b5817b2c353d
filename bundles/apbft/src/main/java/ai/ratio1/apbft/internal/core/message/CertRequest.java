package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Eip712;

/**
 * "Show me the certificates of this epoch and the following ones." Answered with {@link Cert}s.
 *
 * @param header context, first epoch and sender
 * @param to who is asked
 * @param count how many epochs, 1 to {@link #MAX_COUNT}
 */
public record CertRequest(Header header, EvmAddress to, int count) implements Message {

  /** Epochs in one request. */
  public static final int MAX_COUNT = 8;

  private static final Bytes32 TYPE = Struct.type("CertRequest", "address to,uint8 count");

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if the count is out of range
   */
  public CertRequest {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("1 to 8 epochs can be asked for");
    }
  }

  @Override
  public Kind kind() {
    return Kind.CERT_REQUEST;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    return Eip712.digest(domain, Struct.words(TYPE, header).address(to).uint(count).hash());
  }
}
