package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What a node signs to consent to a link. The licence contract computes the same. */
public final class LinkDigest {

  private static final Bytes32 LINK =
      Eip712.typeHash(
          "Link(address owner,uint8 licenceType,uint256 licenceId,address node,uint256 nonce,"
              + "uint256 deadline)");

  private LinkDigest() {}

  /** The EIP-712 digest in the domain of a licence contract. */
  public static Bytes32 of(long chainId, EvmAddress contract, LinkAuthorisation authorisation) {
    Bytes32 domain = Eip712.domain("R1Licences", "1", chainId, contract);
    Bytes32 content =
        new AbiWords()
            .bytes32(LINK)
            .address(authorisation.owner())
            .uint(authorisation.licence().type().code())
            .uint(authorisation.licence().number())
            .address(authorisation.node())
            .uint(authorisation.nonce())
            .uint(authorisation.deadline().getEpochSecond())
            .hash();
    return Eip712.digest(domain, content);
  }
}
