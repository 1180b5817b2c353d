package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The licence contracts. May block for requests; fails as {@link Chain} does, and with the decoded
 * Solidity reason when a transaction reverts. Thread-safe.
 */
@ProviderType
public interface Licences {

  /** The active (linked, not banned) licence of a node at the newest block. */
  Optional<Licence> activeFor(EvmAddress node);

  /** A licence at the newest block. */
  Optional<Licence> byId(LicenceId id);

  /** Every licence of an owner at the newest block, in order. */
  List<Licence> ownedBy(EvmAddress owner);

  /** Every licence there is at the newest block, in order. */
  List<Licence> all();

  /** Nodes with an active licence at the newest finalised block; cached, does not block. */
  Set<EvmAddress> activeNodes();

  /**
   * The rows of an epoch: licences linked at B_{e−1} and still linked to the same node at B_e, in
   * order (consensus.md, section 2).
   *
   * @return empty until a finalised block lies after the end of the epoch
   */
  Optional<List<RegistryRow>> rowsOf(long epoch);

  /** The link nonce of a node for Node Deeds: as {@link #linkNonce(LicenceType, EvmAddress)}. */
  default BigInteger linkNonce(EvmAddress node) {
    return linkNonce(LicenceType.NODE_DEED, node);
  }

  /**
   * The link nonce of a node: what its next {@link LinkAuthorisation} for a licence of the type
   * must carry. Each kind of licence counts by itself.
   */
  BigInteger linkNonce(LicenceType type, EvmAddress node);

  /** The EIP-712 digest a node signs to consent. */
  Bytes32 digest(LinkAuthorisation authorisation);

  /** Price of one Node Deed of the tier that is sold now, in 10⁻¹⁸ R1. */
  BigInteger price();

  /**
   * Buys Node Deeds of the tier that is sold now. A purchase that the tier cannot serve as a whole
   * is refused, and so is a buyer without a verified entity ({@code R1-CHAIN-035}).
   *
   * @param count at least 1
   * @param maximumPrice the most to pay for one, in 10⁻¹⁸ R1
   * @param deadline last moment the purchase may happen, whole seconds
   * @return the new licences
   */
  List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice, Instant deadline);

  /** The same within the next ten minutes of the chain's time. */
  List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice);

  /**
   * Links a licence to a node; a verified entity stands behind the owner ({@code R1-CHAIN-035}).
   *
   * @param owner holds the licence and pays the gas
   * @param nodeSignature 65 bytes r, s, v of the node over {@link #digest}
   */
  Receipt link(Account owner, LinkAuthorisation authorisation, byte[] nodeSignature);

  /** Takes a licence off its node. */
  Receipt unlink(Account owner, LicenceId id);

  /** Hands a licence to another owner; the link ends, what was mined stays with the licence. */
  Receipt transfer(Account owner, LicenceId id, EvmAddress to);
}
