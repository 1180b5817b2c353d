package ai.ratio1.economy.contracts;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Attestation;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.internal.contracts.Controller;
import ai.ratio1.chain.internal.core.AttestationDigest;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.LinkDigest;
import ai.ratio1.chain.testkit.TestNetwork;
import ai.ratio1.economy.model.Attest;
import ai.ratio1.economy.model.LinkDeed;
import ai.ratio1.wire.certificate.CertificateHash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Signs what the cast has keys for. */
final class Signer {

  static final BigInteger QUORUM = BigInteger.valueOf(0b111);

  private static final long CHAIN_ID = 31337;

  private final Contracts contracts;
  private final Cast cast;

  Signer(Contracts contracts, Cast cast) {
    this.contracts = contracts;
    this.cast = cast;
  }

  byte[] attestation(Attest step) {
    Attestation content =
        new Attestation(
            step.account(),
            step.entity(),
            BigInteger.valueOf(step.usdLimit()),
            BigInteger.valueOf(step.nonce()),
            Instant.ofEpochSecond(step.deadline()));
    Bytes32 digest = AttestationDigest.of(CHAIN_ID, contracts.entities(), content);
    return sign(step.signer(), digest);
  }

  byte[] consent(LinkDeed step) {
    LinkAuthorisation content =
        new LinkAuthorisation(
            step.sender(),
            step.id(),
            step.node(),
            BigInteger.valueOf(step.nonce()),
            Instant.ofEpochSecond(step.deadline()));
    EvmAddress contract = contracts.licences(step.id().type());
    return sign(step.signer(), LinkDigest.of(CHAIN_ID, contract, content));
  }

  /** Signatures of the first three of four oracles. */
  List<Controller.CompactSignature> quorum(Bytes32 digest) {
    return TestNetwork.ORACLES.stream()
        .limit(3)
        .map(oracle -> ContractValues.compact(oracle.signRecoverable(digest)))
        .toList();
  }

  /** The domain of certificates and decisions. */
  Bytes32 domain() {
    return CertificateHash.domain(CHAIN_ID, contracts.controller());
  }

  private byte[] sign(EvmAddress signer, Bytes32 digest) {
    return Objects.requireNonNull(cast.keys().get(signer), "no key").signRecoverable(digest);
  }
}
