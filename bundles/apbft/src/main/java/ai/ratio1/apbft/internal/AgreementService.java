package ai.ratio1.apbft.internal;

import ai.ratio1.apbft.internal.core.Event;
import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.Verifier;
import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Evidence;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.Statements;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.Contradiction;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.chain.SignedVoid;
import ai.ratio1.chain.VoidOutcome;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.CertificateListener;
import ai.ratio1.consensus.Observation;
import ai.ratio1.consensus.OutcomeFunction;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.wire.certificate.CertificateHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The services of the engine: questions are answered from the store on the caller's thread,
 * requests go to the engine's.
 */
final class AgreementService implements Agreement, MetricSource {

  private static final ErrorCode FORGOTTEN = new ErrorCode("R1-APBFT-004");

  private final RoundStore store;
  private final Inbox inbox;
  private final EngineDriver driver;
  private final Verifier verifier;
  private final Counters counters;
  private final Map<Long, RoundStatus> statuses;

  AgreementService(
      RoundStore store,
      Inbox inbox,
      EngineDriver driver,
      Verifier verifier,
      Counters counters,
      ConcurrentHashMap<Long, RoundStatus> statuses) {
    this.store = store;
    this.inbox = inbox;
    this.driver = driver;
    this.verifier = verifier;
    this.counters = counters;
    this.statuses = statuses;
  }

  @Override
  public void open(Round round, OutcomeFunction outcome) {
    if (round.epoch() < store.oldest()) {
      throw new R1Exception(
          FORGOTTEN,
          "Epoch " + round.epoch() + " is too old: what was said about it is forgotten.",
          "Raise retained.epochs before it is needed.");
    }
    inbox.order(() -> driver.open(round, outcome));
  }

  @Override
  public void retry() {
    inbox.order(() -> driver.handle(new Event.Retry()));
  }

  @Override
  public Optional<SignedCertificate> certificate(long epoch) {
    return store.certificate(epoch).map(cert -> cert.message().certificate());
  }

  @Override
  public List<Observation> observations(long epoch) {
    Optional<Cert> cert = store.certificate(epoch).map(Signed::message);
    if (cert.isEmpty() || cert.get().tables().isEmpty()) {
      return List.of();
    }
    Inputs inputs = new Inputs(cert.get().outcome().observers(), cert.get().tables());
    List<EvmAddress> oracles = store.oracles(cert.get().outcome().configDigest());
    return observations(inputs, oracles, cert.get().outcome().nodeCount());
  }

  private List<Observation> observations(Inputs inputs, List<EvmAddress> oracles, int rows) {
    List<Observation> observations = new ArrayList<>();
    List<Integer> indices = inputs.indices();
    for (int k = 0; k < indices.size(); k++) {
      Bytes32 hash = inputs.tables().get(k);
      int index = indices.get(k);
      table(hash)
          .flatMap(deflated -> TableBytes.inflate(deflated, rows))
          .filter(table -> index < oracles.size())
          .map(table -> new Observation(oracles.get(index), index, hash, table))
          .ifPresent(observations::add);
    }
    return observations.size() == inputs.size() ? observations : List.of();
  }

  @Override
  public List<SignedReveal> reveals(long epoch) {
    return store.reveals(epoch).stream().map(AgreementService::reveal).toList();
  }

  private static SignedReveal reveal(Signed<ObsReveal> signed) {
    ObsReveal said = signed.message();
    return new SignedReveal(
        said.header().oracle(),
        said.tableHash(),
        said.length(),
        said.salt(),
        said.bitmapRoot(),
        signed.signature().toArray());
  }

  @Override
  public boolean adopt(SignedCertificate certificate) {
    long epoch = certificate.outcome().epoch();
    Optional<Signed<Cert>> known = store.certificate(epoch);
    if (known.isPresent()) {
      Bytes32 agreed = CertificateHash.outcome(known.get().message().outcome());
      return agreed.equals(CertificateHash.outcome(certificate.outcome()));
    }
    boolean genuine =
        driver
            .round(epoch)
            .map(round -> verifier.certificate(certificate, round.oracles()))
            .orElse(false);
    if (genuine) {
      inbox.order(() -> driver.handle(new Event.Adopt(certificate)));
    }
    return genuine;
  }

  @Override
  public Optional<RoundStatus> status(long epoch) {
    return Optional.ofNullable(statuses.get(epoch));
  }

  @Override
  public void voidEpoch(VoidOutcome outcome, OracleSet oracles) {
    inbox.order(() -> driver.handle(new Event.ProposeVoid(outcome, oracles)));
  }

  @Override
  public Optional<SignedVoid> voided(long epoch) {
    return driver.voided(epoch);
  }

  @Override
  public void close(long epoch) {
    inbox.order(() -> driver.handle(new Event.Close(epoch)));
  }

  @Override
  public List<Contradiction> contradictions() {
    return store.evidence().stream().map(AgreementService::contradiction).toList();
  }

  private static Contradiction contradiction(Evidence evidence) {
    return new Contradiction(
        evidence.accused(),
        evidence.first().message().header().epoch(),
        evidence.about().code(),
        Statements.encode(evidence.first().message()),
        evidence.first().signature().toArray(),
        Statements.encode(evidence.second().message()),
        evidence.second().signature().toArray());
  }

  @Override
  public void keep(Bytes32 tableHash, byte[] deflatedTable) {
    inbox.order(() -> driver.handle(new Event.TableObtained(tableHash, deflatedTable)));
  }

  @Override
  public Optional<byte[]> table(Bytes32 tableHash) {
    Optional<byte[]> here = store.table(tableHash);
    if (here.isEmpty()) {
      // Nothing is lost when the engine is too busy to ask: the caller will call again.
      inbox.command(() -> driver.handle(new Event.TableWanted(tableHash)));
    }
    return here;
  }

  @Override
  public List<Metric> metrics() {
    return counters.metrics();
  }

  /** Tells a new listener of everything that is certified already. */
  void replay(
      CertificateListener listener, Listeners<CertificateListener, SignedCertificate> listeners) {
    inbox.order(() -> store.certificates(certificate -> listeners.tell(listener, certificate)));
  }
}
