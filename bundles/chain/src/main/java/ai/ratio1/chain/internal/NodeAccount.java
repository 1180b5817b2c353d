package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeIdentity;
import org.web3j.crypto.RawTransaction;

/** The node's own account: its identity signs, the key stays there. */
record NodeAccount(NodeIdentity identity) implements SigningAccount {

  @Override
  public EvmAddress address() {
    return identity.evmAddress();
  }

  @Override
  public String sign(RawTransaction transaction) {
    return SigningAccount.sign(transaction, this::sign);
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    return identity.signRecoverable(digest);
  }

  @Override
  public void close() {}
}
