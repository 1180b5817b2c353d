package ai.ratio1.heartbeat.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.EpochLedger;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RecordedEpoch;
import ai.ratio1.chain.RegistryRow;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.heartbeat.internal.core.Network;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A chain that knows licences and beacons, and can be away. */
final class MemoryChain implements Chain, Licences, EpochLedger {

  final Set<EvmAddress> licensed = ConcurrentHashMap.newKeySet();
  final AtomicInteger beaconRequests = new AtomicInteger();
  volatile boolean away;
  volatile EpochSchedule schedule;

  MemoryChain(EpochSchedule schedule) {
    this.schedule = schedule;
  }

  private void check() {
    if (away) {
      throw new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    }
  }

  @Override
  public Optional<EpochSchedule> schedule() {
    check();
    return Optional.of(schedule);
  }

  @Override
  public Set<EvmAddress> activeNodes() {
    return Set.copyOf(licensed);
  }

  @Override
  public Optional<Bytes32> beacon(long epoch) {
    beaconRequests.incrementAndGet();
    check();
    return Optional.of(Network.beacon(epoch));
  }

  @Override
  public long chainId() {
    return Network.CHAIN_ID;
  }

  @Override
  public Bytes32 networkId() {
    return Network.DOMAIN.networkId();
  }

  @Override
  public EvmAddress controller() {
    return Network.CONTROLLER;
  }

  @Override
  public BlockRef head() {
    throw new UnsupportedOperationException();
  }

  @Override
  public BlockRef finalised() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AutoCloseable onHead(Consumer<BlockRef> listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger balance(EvmAddress account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger r1Balance(EvmAddress account) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Licence> activeFor(EvmAddress node) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Licence> byId(LicenceId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Licence> ownedBy(EvmAddress owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Licence> all() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<List<RegistryRow>> rowsOf(long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger linkNonce(LicenceType type, EvmAddress node) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bytes32 digest(LinkAuthorisation authorisation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BigInteger price() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice, Instant deadline) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LicenceId> buy(Account buyer, int count, BigInteger maximumPrice) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Receipt link(Account owner, LinkAuthorisation authorisation, byte[] nodeSignature) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Receipt unlink(Account owner, LicenceId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Receipt transfer(Account owner, LicenceId id, EvmAddress to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long pendingEpoch() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Bytes32> outcomeHash(long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bytes32 cumulativeRoot() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<RecordedEpoch> recorded(long epoch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int voidAfter() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> submit(SignedVoid voided) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> submit(Contradiction contradiction) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Receipt> submit(SignedCertificate certificate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public EvmAddress payer() {
    throw new UnsupportedOperationException();
  }
}
