package ai.ratio1.dauth.internal;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Account;
import ai.ratio1.chain.BlockRef;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.Licence;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LicenceType;
import ai.ratio1.chain.Licences;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.chain.OracleRegistry;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.Receipt;
import ai.ratio1.chain.RegistryRow;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.Consumer;

/** A chain in memory: licences, oracles and blocks that a test makes. */
final class TestChain implements Chain, Licences, OracleRegistry {

  private final Map<LicenceId, Licence> licences = new ConcurrentHashMap<>();
  private final Set<EvmAddress> oracles = new CopyOnWriteArraySet<>();
  private final List<Consumer<BlockRef>> listeners = new CopyOnWriteArrayList<>();
  volatile Optional<EpochSchedule> schedule = Optional.empty();
  private volatile long height;
  private volatile boolean away;

  void addOracle(EvmAddress address) {
    oracles.add(address);
  }

  /** Everything takes effect with the next block. */
  void link(long number, EvmAddress owner, EvmAddress node) {
    put(number, owner, Optional.of(node), false);
  }

  void unlink(long number, EvmAddress owner) {
    put(number, owner, Optional.empty(), false);
  }

  void ban(long number, EvmAddress owner) {
    put(number, owner, Optional.empty(), true);
  }

  void goAway(boolean now) {
    away = now;
  }

  void mine() {
    height++;
    listeners.forEach(listener -> listener.accept(head()));
  }

  private void put(long number, EvmAddress owner, Optional<EvmAddress> node, boolean banned) {
    LicenceId id = new LicenceId(LicenceType.NODE_DEED, number);
    licences.put(id, new Licence(id, owner, node, Optional.empty(), banned, BigInteger.ZERO));
  }

  private void answer() {
    if (away) {
      throw new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    }
  }

  @Override
  public Optional<Licence> activeFor(EvmAddress node) {
    answer();
    return licences.values().stream()
        .filter(licence -> licence.node().equals(Optional.of(node)))
        .findFirst();
  }

  @Override
  public Optional<Licence> byId(LicenceId id) {
    answer();
    return Optional.ofNullable(licences.get(id));
  }

  @Override
  public boolean isOracle(EvmAddress address) {
    answer();
    return oracles.contains(address);
  }

  @Override
  public OracleSet oraclesOf(long epoch) {
    answer();
    return new OracleSet(List.copyOf(oracles), Bytes32.ZERO);
  }

  @Override
  public BlockRef head() {
    return new BlockRef(height, Bytes32.ZERO, Instant.EPOCH);
  }

  @Override
  public AutoCloseable onHead(Consumer<BlockRef> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  int listeners() {
    return listeners.size();
  }

  @Override
  public Optional<EpochSchedule> schedule() {
    return schedule;
  }

  @Override
  public long chainId() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Bytes32 networkId() {
    throw new UnsupportedOperationException();
  }

  @Override
  public EvmAddress controller() {
    throw new UnsupportedOperationException();
  }

  @Override
  public BlockRef finalised() {
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
  public List<Licence> ownedBy(EvmAddress owner) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Licence> all() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<EvmAddress> activeNodes() {
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
}
