package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.Account;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Arrays;
import java.util.function.Function;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.utils.Numeric;

/** An account of this bundle: it can turn a transaction into a signed one. */
sealed interface SigningAccount extends Account permits KeyAccount, NodeAccount, ExternalAccount {

  /**
   * Signs.
   *
   * @return the signed transaction as it is sent, {@code 0x} and hexadecimal digits
   */
  String sign(RawTransaction transaction);

  /**
   * Signs a digest that this bundle has made from a struct it understands.
   *
   * @return 65 bytes r, s, v
   */
  byte[] sign(Bytes32 digest);

  /** The account as one of this bundle. */
  static SigningAccount of(Account account) {
    if (account instanceof SigningAccount signing) {
      return signing;
    }
    throw ChainFailure.CANNOT_SIGN.because(
        "The account " + account.address() + " was not opened by this chain.");
  }

  /**
   * Signs with whoever can sign a digest.
   *
   * @param signer gives 65 bytes r, s, v for a digest
   */
  static String sign(RawTransaction transaction, Function<Bytes32, byte[]> signer) {
    Bytes32 digest = Keccak256.of(TransactionEncoder.encode(transaction));
    byte[] signature = signer.apply(digest);
    Sign.SignatureData parts =
        new Sign.SignatureData(
            signature[64],
            Arrays.copyOfRange(signature, 0, 32),
            Arrays.copyOfRange(signature, 32, 64));
    return Numeric.toHexString(TransactionEncoder.encode(transaction, parts));
  }
}
