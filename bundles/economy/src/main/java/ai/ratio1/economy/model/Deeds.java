package ai.ratio1.economy.model;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * All licences there ever were.
 *
 * @param byId each of them
 * @param linkNonces of the next consent of a node, for each kind of licence
 * @param agreedTransfers to whom an owner may transfer one Master deed
 * @param agreedBurns who may destroy one Master deed
 * @param assigned what is assigned to Master deeds: to those that exist, and what the others had
 *     claimed
 */
public record Deeds(
    Entries<LicenceId, Deed> byId,
    Entries<Consent, Long> linkNonces,
    Entries<EvmAddress, EvmAddress> agreedTransfers,
    Entries<EvmAddress, Boolean> agreedBurns,
    BigInteger assigned) {

  /** A licence that governance holds, and fills the pools with. */
  public static final LicenceId GENESIS = new LicenceId(LicenceType.GENESIS_NODE_DEED, 1);

  /**
   * Whose consents are counted together.
   *
   * @param type kind of licence
   * @param node who consents
   */
  public record Consent(LicenceType type, EvmAddress node) {}

  /** The genesis deed alone. */
  public static Deeds genesis(EvmAddress governance) {
    Deed genesis = Deed.made(GENESIS, governance, Deed.Assignment.NONE);
    return new Deeds(
        Entries.<LicenceId, Deed>none().with(GENESIS, genesis),
        Entries.none(),
        Entries.none(),
        Entries.none(),
        BigInteger.ZERO);
  }

  /** A licence that may have been destroyed. */
  public Optional<Deed> find(LicenceId id) {
    return Optional.ofNullable(byId.map().get(id));
  }

  /** Every licence of a kind that was ever made, by number. */
  public List<Deed> ofType(LicenceType type) {
    return new TreeSet<>(byId.map().keySet())
        .stream().filter(id -> id.type() == type).map(byId.map()::get).toList();
  }

  /** How many of a kind were ever made. */
  public long count(LicenceType type) {
    return byId.map().keySet().stream().filter(id -> id.type() == type).count();
  }

  /** Whether a node works under a licence of whatever kind. */
  public boolean isActive(EvmAddress node) {
    return byId.map().values().stream().anyMatch(deed -> deed.node().equals(node));
  }

  /** What is assigned to the Master deeds of an owner. */
  public BigInteger assignedTo(EvmAddress owner) {
    return ofType(LicenceType.MASTER_NODE_DEED).stream()
        .filter(deed -> deed.owner().equals(owner))
        .map(deed -> deed.assignment().amount())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The nonce that the next consent of a node must carry. */
  public long linkNonce(LicenceType type, EvmAddress node) {
    return linkNonces.get(new Consent(type, node), 0L);
  }

  /** The licence, which exists. */
  public Deed requireOwned(LicenceId id) {
    return find(id)
        .filter(Deed::exists)
        .orElseThrow(() -> Refusal.of("ERC721NonexistentToken", id.number()));
  }

  Deed requireOwner(LicenceId id, EvmAddress sender) {
    return find(id)
        .filter(deed -> deed.exists() && deed.owner().equals(sender))
        .orElseThrow(() -> Refusal.of("NotLicenseOwner"));
  }

  Deeds with(Deed deed) {
    return new Deeds(
        byId.with(deed.id(), deed), linkNonces, agreedTransfers, agreedBurns, assigned);
  }

  Deeds consented(LicenceType type, EvmAddress node) {
    Entries<Consent, Long> nonces =
        linkNonces.with(new Consent(type, node), linkNonce(type, node) + 1);
    return new Deeds(byId, nonces, agreedTransfers, agreedBurns, assigned);
  }

  Deeds withAssigned(BigInteger sum) {
    return new Deeds(byId, linkNonces, agreedTransfers, agreedBurns, sum);
  }

  Deeds withTransferAgreed(EvmAddress from, EvmAddress to) {
    return new Deeds(byId, linkNonces, agreedTransfers.with(from, to), agreedBurns, assigned);
  }

  Deeds withBurnAgreed(EvmAddress from) {
    return new Deeds(byId, linkNonces, agreedTransfers, agreedBurns.with(from, true), assigned);
  }

  /** Uses up what governance agreed to. */
  Deeds agreementTaken(EvmAddress from, EvmAddress to) {
    boolean burn = to.equals(EvmAddress.ZERO);
    boolean agreed =
        burn ? agreedBurns.get(from, false) : agreedTransfers.get(from, EvmAddress.ZERO).equals(to);
    if (!agreed) {
      throw Refusal.of("SoulboundNonTransferableToken", from, to);
    }
    return new Deeds(
        byId,
        linkNonces,
        burn ? agreedTransfers : agreedTransfers.without(from),
        burn ? agreedBurns.without(from) : agreedBurns,
        assigned);
  }

  /** The same with more licences of one owner, numbered on. */
  Deeds made(LicenceType type, EvmAddress owner, Deed.Assignment assignment, long count) {
    Deeds more = this;
    long first = count(type) + 1;
    for (long number = first; number < first + count; number++) {
      more = more.with(Deed.made(new LicenceId(type, number), owner, assignment));
    }
    return more;
  }

  /** Numbers of all licences, in order. */
  public List<LicenceId> ids() {
    return new ArrayList<>(new TreeSet<>(byId.map().keySet()));
  }
}
