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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Node Deeds: so far the only kind of licence. */
final class ContractLicences implements Licences {

  private static final BigInteger PAGE = BigInteger.valueOf(200);

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
    return ContractCalls.read(deeds.price());
  }

  @Override
  public List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice) {
    SigningAccount account = SigningAccount.of(buyer);
    BigInteger deedCount = BigInteger.valueOf(count);
    BigInteger cost = price().min(maximumPrice).multiply(deedCount);
    BigInteger allowed =
        ContractCalls.read(r1.allowance(account.address().toHex(), deedAddress.toHex()));
    if (allowed.compareTo(cost) < 0) {
      sender.send(account, r1Address, R1.getABI_approve(deedAddress.toHex(), cost));
    }
    TransactionReceipt receipt =
        sender.send(account, deedAddress, NodeDeed.getABI_buy(deedCount, maximumPrice));
    return NodeDeed.getLicensesCreatedEvents(receipt).stream()
        .flatMapToLong(
            made ->
                LongStream.range(0, made.tokenCount.longValueExact())
                    .map(i -> made.firstLicenseId.longValueExact() + i))
        .mapToObj(number -> new LicenceId(LicenceType.NODE_DEED, number))
        .toList();
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
    return send(owner, data);
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
