package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Entities;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.core.AttestationDigest;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The registry of entities, which the licences name for ever. */
final class ContractEntities implements Entities {

  private final Chain chain;
  private final TransactionSender sender;
  private final ContractCalls calls;
  private final NodeDeed deeds;
  private volatile @Nullable EvmAddress known;

  ContractEntities(
      Chain chain, TransactionSender sender, ContractCalls calls, EvmAddress nodeDeed) {
    this.chain = chain;
    this.sender = sender;
    this.calls = calls;
    this.deeds = calls.nodeDeed(nodeDeed);
  }

  @Override
  public Optional<EvmAddress> attestor() {
    return ContractCalls.read(
        registry().attestor(),
        address ->
            Optional.of(EvmAddress.parse(address)).filter(named -> !named.equals(EvmAddress.ZERO)));
  }

  @Override
  public Optional<Bytes32> entityOf(EvmAddress account) {
    return ContractCalls.read(
        registry().entityOf(account.toHex()),
        id -> Optional.of(Bytes32.of(id)).filter(entity -> !entity.equals(Bytes32.ZERO)));
  }

  @Override
  public BigInteger usdLimitOf(EvmAddress account) {
    return ContractCalls.read(registry().usdLimitOf(account.toHex()));
  }

  @Override
  public BigInteger attestationNonce(EvmAddress account) {
    return ContractCalls.read(registry().attestationNonce(account.toHex()));
  }

  @Override
  public Bytes32 digest(Attestation attestation) {
    return AttestationDigest.of(chain.chainId(), address(), attestation);
  }

  @Override
  public byte[] sign(Account attestor, Attestation attestation) {
    return SigningAccount.of(attestor).sign(digest(attestation));
  }

  @Override
  public Receipt attest(Account from, Attestation attestation, byte[] attestorSignature) {
    String data =
        ai.ratio1.chain.internal.contracts.Entities.getABI_attest(
            attestation.account().toHex(),
            attestation.entityId().toArray(),
            attestation.usdLimit(),
            attestation.nonce(),
            BigInteger.valueOf(attestation.deadline().getEpochSecond()),
            attestorSignature);
    return send(from, data);
  }

  @Override
  public Receipt revoke(Account from, EvmAddress account) {
    return send(from, ai.ratio1.chain.internal.contracts.Entities.getABI_revoke(account.toHex()));
  }

  /** Where the registry is. */
  EvmAddress address() {
    EvmAddress at = known;
    if (at == null) {
      at = ContractCalls.read(deeds.entities(), EvmAddress::parse);
      known = at;
    }
    return at;
  }

  private ai.ratio1.chain.internal.contracts.Entities registry() {
    return calls.entities(address());
  }

  private Receipt send(Account from, String data) {
    return Receipts.of(sender.send(SigningAccount.of(from), address(), data));
  }
}
