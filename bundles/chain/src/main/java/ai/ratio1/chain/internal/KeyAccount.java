package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** An account whose key is in this process. */
final class KeyAccount implements SigningAccount {

  private final EvmAddress address;
  private volatile @Nullable ECKeyPair key;

  KeyAccount(ECKeyPair key) {
    this.key = key;
    this.address = addressOf(key);
  }

  @Override
  public EvmAddress address() {
    return address;
  }

  @Override
  public String sign(RawTransaction transaction) {
    return SigningAccount.sign(transaction, this::sign);
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    ECKeyPair open = key;
    if (open == null) {
      throw ChainFailure.CANNOT_SIGN.because("The account " + address + " is closed.");
    }
    Sign.SignatureData parts = Sign.signMessage(digest.toArray(), open, false);
    byte[] signature = Arrays.copyOf(parts.getR(), 65);
    System.arraycopy(parts.getS(), 0, signature, 32, 32);
    signature[64] = parts.getV()[0];
    return signature;
  }

  @Override
  public void close() {
    key = null;
  }

  /** The last 20 bytes of the Keccak-256 hash of the public point. */
  static EvmAddress addressOf(ECKeyPair key) {
    byte[] point = Numeric.toBytesPadded(key.getPublicKey(), 64);
    return EvmAddress.of(Arrays.copyOfRange(Keccak256.of(point).toArray(), 12, 32));
  }
}
