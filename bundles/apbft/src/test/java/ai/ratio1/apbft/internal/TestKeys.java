package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.GenuineKeys;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import java.util.Optional;

/** The part of identity that the engine uses, on real keys. */
record TestKeys(GenuineKeys keys, int index) implements NodeIdentity, Signatures {

  @Override
  public EvmAddress evmAddress() {
    return keys.address(index);
  }

  @Override
  public byte[] signRecoverable(Bytes32 digest) {
    return keys.signer(index).sign(digest).toArray();
  }

  @Override
  public Optional<EvmAddress> recover(Bytes32 digest, byte[] signature) {
    return GenuineKeys.recover(digest, signature);
  }

  @Override
  public NodeAddress address() {
    throw new UnsupportedOperationException("the engine speaks of EVM addresses only");
  }

  @Override
  public byte[] sign(Bytes32 digest) {
    throw new UnsupportedOperationException("the engine signs recoverably only");
  }

  @Override
  public Bytes32 derive(String purpose, byte[] context) {
    throw new UnsupportedOperationException("the engine derives nothing");
  }

  @Override
  public boolean verify(NodeAddress signer, Bytes32 digest, byte[] der) {
    throw new UnsupportedOperationException("the engine recovers only");
  }

  @Override
  public EvmAddress evmAddress(NodeAddress address) {
    throw new UnsupportedOperationException("the engine speaks of EVM addresses only");
  }

  @Override
  public Optional<NodeAddress> parse(String text) {
    throw new UnsupportedOperationException("the engine speaks of EVM addresses only");
  }

  @Override
  public String engine() {
    return "bouncycastle";
  }
}
