package ai.ratio1.chain.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.ContractRefusal;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.internal.contracts.NodeDeed;
import ai.ratio1.chain.internal.contracts.NodeRegistry;
import ai.ratio1.chain.internal.contracts.R1;
import ai.ratio1.chain.internal.core.ContractValues;
import ai.ratio1.chain.internal.core.LinkDigest;
import ai.ratio1.chain.internal.core.Network;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.web3j.abi.EventEncoder;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tuples.generated.Tuple2;
import org.web3j.utils.Numeric;

/** The contracts of all kinds of licences, which answer alike to what they share. */
final class ContractLicences implements Licences {

  private static final BigInteger PAGE = BigInteger.valueOf(200);
  private static final Duration TIME_TO_BUY = Duration.ofMinutes(10);
  private static final String TRANSFER = EventEncoder.encode(NodeDeed.TRANSFER_EVENT);

  private final Chain chain;
  private final HeadFollower follower;
  private final TransactionSender sender;
  private final ContractCalls calls;
  private final LinkHistory links;
  private final Network.Contracts contracts;
  private final NodeRegistry registry;
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
    this.contracts = contracts;
    this.registry = calls.nodeRegistry(contracts.nodeRegistry());
    this.deedAddress = contracts.nodeDeed();
    this.r1Address = contracts.r1();
    this.deeds = calls.nodeDeed(deedAddress);
    this.r1 = calls.r1(r1Address);
  }

  @Override
  public Optional<Licence> activeFor(EvmAddress node) {
    return ContractCalls.read(registry.holding(node.toHex()), ContractLicences::held)
        .flatMap(this::byId)
        .filter(licence -> licence.node().filter(node::equals).isPresent());
  }

  @Override
  public Optional<Licence> byId(LicenceId id) {
    EvmAddress contract = contracts.licences(id.type());
    try {
      return Optional.of(
          calls.read(
              contract, calls.nodeDeed(contract).licence(number(id)), ContractValues::licence));
    } catch (ContractRefusal refusal) {
      if (refusal.is("ERC721NonexistentToken")) {
        return Optional.empty();
      }
      throw refusal;
    }
  }

  @Override
  public List<Licence> ownedBy(EvmAddress owner) {
    String holder = owner.toHex();
    return ofAllKinds(
        licences ->
            pages(
                licences,
                ContractCalls.read(licences.balanceOf(holder)),
                (offset, limit) -> licences.licencesOf(holder, offset, limit)));
  }

  @Override
  public List<Licence> all() {
    return ofAllKinds(
        licences ->
            pages(licences, ContractCalls.read(licences.licenceCount()), licences::licences));
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
  public BigInteger linkNonce(LicenceType type, EvmAddress node) {
    return ContractCalls.read(calls.nodeDeed(contracts.licences(type)).linkNonce(node.toHex()));
  }

  @Override
  public Bytes32 digest(LinkAuthorisation authorisation) {
    EvmAddress contract = contracts.licences(authorisation.licence().type());
    return LinkDigest.of(chain.chainId(), contract, authorisation);
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
    return requireAttested(owner, () -> send(owner, authorisation.licence(), data));
  }

  @Override
  public Receipt unlink(Account owner, LicenceId id) {
    return send(owner, id, NodeDeed.getABI_unlink(number(id)));
  }

  @Override
  public Receipt transfer(Account owner, LicenceId id, EvmAddress to) {
    String from = owner.address().toHex();
    return send(owner, id, NodeDeed.getABI_transferFrom(from, to.toHex(), number(id)));
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

  private Receipt send(Account account, LicenceId id, String data) {
    EvmAddress contract = contracts.licences(id.type());
    return Receipts.of(sender.send(SigningAccount.of(account), contract, data));
  }

  private List<Licence> ofAllKinds(Function<NodeDeed, List<Licence>> ofOneKind) {
    return Arrays.stream(LicenceType.values())
        .map(type -> calls.nodeDeed(contracts.licences(type)))
        .flatMap(licences -> ofOneKind.apply(licences).stream())
        .sorted(Comparator.comparing(Licence::id))
        .toList();
  }

  /** A page leaves out licences that were destroyed, so pages are counted, not looked at. */
  private List<Licence> pages(
      NodeDeed licences,
      BigInteger count,
      BiFunction<BigInteger, BigInteger, RemoteFunctionCall<?>> page) {
    EvmAddress contract = EvmAddress.parse(licences.getContractAddress());
    List<Licence> all = new ArrayList<>();
    for (BigInteger offset = BigInteger.ZERO;
        offset.compareTo(count) < 0;
        offset = offset.add(PAGE)) {
      all.addAll(calls.readList(contract, page.apply(offset, PAGE), ContractValues::licence));
    }
    return all;
  }

  private static Optional<LicenceId> held(Tuple2<BigInteger, BigInteger> holding) {
    int type = holding.component1().intValueExact();
    return type == 0
        ? Optional.empty()
        : Optional.of(
            new LicenceId(LicenceType.ofCode(type), holding.component2().longValueExact()));
  }

  private static BigInteger number(LicenceId id) {
    return BigInteger.valueOf(id.number());
  }
}
