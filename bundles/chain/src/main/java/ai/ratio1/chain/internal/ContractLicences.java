package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.LinkDigest;
import ai.ratio1.chain.internal.core.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.utils.Numeric;

/** Node Deeds: so far the only kind of licence. */
final class ContractLicences implements Licences {

  private static final BigInteger PAGE = BigInteger.valueOf(200);
  private static final Duration TIME_TO_BUY = Duration.ofMinutes(10);
  private static final String TRANSFER = EventEncoder.encode(NodeDeed.TRANSFER_EVENT);

  private final Chain chain;
  private final HeadFollower follower;
  private final TransactionSender sender;
  private final ContractCalls calls;
  private final LinkHistory links;
  private final NodeDeed deeds;
  private final R1 r1;
  private final EvmAddress deedAddress;
  private final EvmAddress r1Address;
  private final RecentEpochs<List<RegistryRow>> rows = new RecentEpochs<>(8);

  ContractLicences(
      Chain chain,
      HeadFollower follower,
      TransactionSender sender,
      ContractCalls calls,
      Network.Contracts contracts,
      LinkHistory links) {
    this.chain = chain;
    this.follower = follower;
    this.sender = sender;
    this.calls = calls;
    this.links = links;
    this.deedAddress = contracts.nodeDeed();
    this.r1Address = contracts.r1();
    this.deeds = calls.nodeDeed(deedAddress);
    this.r1 = calls.r1(r1Address);
  }

  @Override
  public Optional<Licence> activeFor(EvmAddress node) {
    BigInteger id = ContractCalls.read(deeds.nodeToLicenseId(node.toHex()));
    return id.signum() == 0
        ? Optional.empty()
        : find(id).filter(licence -> licence.node().filter(node::equals).isPresent());
  }

  @Override
  public Optional<Licence> byId(LicenceId id) {
    return id.type() == LicenceType.NODE_DEED
        ? find(BigInteger.valueOf(id.number()))
        : Optional.empty();
  }

  @Override
  public List<Licence> ownedBy(EvmAddress owner) {
    return pages((offset, limit) -> deeds.licencesOf(owner.toHex(), offset, limit)).stream()
        .sorted(Comparator.comparing(Licence::id))
        .toList();
  }

  @Override
  public List<Licence> all() {
    return pages(deeds::licences);
  }

  @Override
  public Set<EvmAddress> activeNodes() {
    return follower.activeNodes();
  }

  @Override
  public Optional<List<RegistryRow>> rowsOf(long epoch) {
    Optional<EpochSchedule> schedule = epoch < 0 ? Optional.empty() : chain.schedule();
    if (schedule.isEmpty()) {
      return Optional.empty();
    }
    Instant end = schedule.get().endOf(epoch);
    if (!follower.finalised().timestamp().isAfter(end)) {
      return Optional.empty();
    }
    return Optional.of(rows.get(epoch, () -> links.rows(schedule.get().startOf(epoch), end)));
  }

  @Override
  public BigInteger linkNonce(EvmAddress node) {
    return ContractCalls.read(deeds.linkNonce(node.toHex()));
  }

  @Override
  public Bytes32 digest(LinkAuthorisation authorisation) {
    return LinkDigest.of(chain.chainId(), deedAddress, authorisation);
  }

  @Override
  public BigInteger price() {
    return ContractCalls.read(deeds.getLicenseTokenPrice());
  }

  @Override
  public List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice) {
    return buy(buyer, count, maximumPrice, chain.head().timestamp().plus(TIME_TO_BUY));
  }

  @Override
  public List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice, Instant deadline) {
    SigningAccount account = SigningAccount.of(buyer);
    BigInteger deedCount = BigInteger.valueOf(count);
    BigInteger tier = ContractCalls.read(deeds.currentPriceTier());
    allow(account, price().min(maximumPrice).multiply(deedCount));
    BigInteger last = BigInteger.valueOf(deadline.getEpochSecond());
    String data = NodeDeed.getABI_buy(deedCount, tier, maximumPrice, last);
    return made(requireAttested(account, () -> sender.send(account, deedAddress, data)));
  }

  @Override
  public Receipt link(Account owner, LinkAuthorisation authorisation, byte[] nodeSignature) {
    String data =
        NodeDeed.getABI_link(
            number(authorisation.licence()),
            authorisation.node().toHex(),
            authorisation.nonce(),
            BigInteger.valueOf(authorisation.deadline().getEpochSecond()),
            nodeSignature);
    return requireAttested(owner, () -> send(owner, data));
  }

  @Override
  public Receipt unlink(Account owner, LicenceId id) {
    return send(owner, NodeDeed.getABI_unlink(number(id)));
  }

  @Override
  public Receipt transfer(Account owner, LicenceId id, EvmAddress to) {
    String from = owner.address().toHex();
    return send(owner, NodeDeed.getABI_transferFrom(from, to.toHex(), number(id)));
  }

  private void allow(SigningAccount account, BigInteger cost) {
    BigInteger allowed =
        ContractCalls.read(r1.allowance(account.address().toHex(), deedAddress.toHex()));
    if (allowed.compareTo(cost) < 0) {
      sender.send(account, r1Address, R1.getABI_approve(deedAddress.toHex(), cost));
    }
  }

  /** The licences that a transaction made: tokens of this contract that came from nobody. */
  private List<LicenceId> made(TransactionReceipt receipt) {
    return receipt.getLogs().stream()
        .filter(log -> EvmAddress.parse(log.getAddress()).equals(deedAddress))
        .map(Log::getTopics)
        .filter(topics -> topics.get(0).equals(TRANSFER))
        .filter(topics -> Numeric.toBigInt(topics.get(1)).signum() == 0)
        .map(topics -> Numeric.toBigInt(topics.get(3)).longValueExact())
        .map(number -> new LicenceId(LicenceType.NODE_DEED, number))
        .toList();
  }

  private static <T> T requireAttested(Account account, Supplier<T> act) {
    try {
      return act.get();
    } catch (ContractRefusal refusal) {
      if (refusal.is("NotAttested")) {
        throw ChainFailure.NOT_ATTESTED.because(
            "No verified entity stands behind " + account.address() + ".", refusal);
      }
      throw refusal;
    }
  }

  private Receipt send(Account account, String data) {
    return Receipts.of(sender.send(SigningAccount.of(account), deedAddress, data));
  }

  private Optional<Licence> find(BigInteger id) {
    try {
      return Optional.of(calls.read(deedAddress, deeds.licence(id), ContractValues::licence));
    } catch (ContractRefusal refusal) {
      if (refusal.is("ERC721NonexistentToken")) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  private List<Licence> pages(BiFunction<BigInteger, BigInteger, RemoteFunctionCall<?>> page) {
    List<Licence> all = new ArrayList<>();
    List<Licence> next;
    do {
      BigInteger offset = BigInteger.valueOf(all.size());
      next = calls.readList(deedAddress, page.apply(offset, PAGE), ContractValues::licence);
      all.addAll(next);
    } while (next.size() == PAGE.intValue());
    return List.copyOf(all);
  }

  private static BigInteger number(LicenceId id) {
    if (id.type() != LicenceType.NODE_DEED) {
      throw ChainFailure.NO_SUCH_LICENCE_TYPE.because("There is no contract for " + id + ".");
    }
    return BigInteger.valueOf(id.number());
  }
}
