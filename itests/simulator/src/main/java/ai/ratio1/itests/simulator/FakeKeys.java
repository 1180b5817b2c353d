package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.Recoverer;
import ai.ratio1.apbft.internal.core.Signer;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * Signatures that cost nothing: the signer's address and the digest. Nobody in a simulation makes
 * one for an index that is not its own.
 */
public final class FakeKeys implements Keyring {

  @Override
  public EvmAddress address(int index) {
    byte[] bytes = new byte[20];
    Arrays.fill(bytes, (byte) 0xa0);
    bytes[19] = (byte) index;
    return EvmAddress.of(bytes);
  }

  @Override
  public Signer signer(int index) {
    byte[] address = address(index).toArray();
    return digest -> {
      byte[] signature = Arrays.copyOf(address, 65);
      System.arraycopy(digest.toArray(), 0, signature, 20, 32);
      return Octets.of(signature);
    };
  }

  @Override
  public Recoverer recoverer() {
    return FakeKeys::recover;
  }

  private static Optional<EvmAddress> recover(Bytes32 digest, Octets signature) {
    byte[] bytes = signature.toArray();
    boolean genuine = bytes.length == 65 && Arrays.equals(bytes, 20, 52, digest.toArray(), 0, 32);
    return genuine ? Optional.of(EvmAddress.of(Arrays.copyOf(bytes, 20))) : Optional.empty();
  }
}
