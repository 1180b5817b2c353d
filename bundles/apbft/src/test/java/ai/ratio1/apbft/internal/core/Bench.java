package ai.ratio1.apbft.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.apbft.internal.core.message.Cert;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.EpochSchedule;
import ai.ratio1.chain.OracleSet;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import ai.ratio1.wire.certificate.CertificateHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** One engine, oracle 0 of four, and the words of the other three. */
final class Bench implements Archive {

  static final Bytes32 DOMAIN = Bytes32.parse("11".repeat(32));
  static final Bytes32 CONFIG = Bytes32.parse("22".repeat(32));
  static final int ROWS = 16;

  final FakeKeys keys = new FakeKeys();
  final OracleSet oracles;
  final Map<Bytes32, byte[]> tables = new HashMap<>();
  final Map<Long, Signed<Cert>> certificates = new HashMap<>();
  final Map<Long, List<LogEntry>> log = new HashMap<>();
  final Engine engine;
  final List<Effect> effects = new ArrayList<>();
  long now = 1_000_000;

  Bench() {
    this(0);
  }

  Bench(int self) {
    this(self, 0);
  }

  Bench(int self, int barred) {
    oracles = new OracleSet(IntStream.range(0, 4).mapToObj(keys::address).toList(), CONFIG, barred);
    EvmAddress address = keys.address(self);
    engine =
        new Engine(
            new Voice(address, DOMAIN, keys.signer(self)),
            keys.recoverer(),
            this,
            Settings.DEFAULT,
            Rules.STANDARD);
  }

  /** What the engine does about an event; kept entries and tables are kept. */
  List<Effect> on(Event event) {
    effects.clear();
    effects.addAll(engine.on(event, now));
    for (Effect effect : effects) {
      if (effect instanceof Effect.KeepTable keep) {
        tables.put(keep.tableHash(), keep.table());
      } else if (effect instanceof Effect.Persist persist) {
        log.computeIfAbsent(persist.epoch(), e -> new ArrayList<>()).add(persist.entry());
        if (persist.entry() instanceof LogEntry.Certified certified) {
          certificates.put(persist.epoch(), certified.cert());
        }
      }
    }
    return effects;
  }

  List<Effect> open(long epoch) {
    return on(new Event.Open(round(epoch, Optional.of(table(0))), Bytes32.ZERO, List.of()));
  }

  Round round(long epoch, Optional<byte[]> table) {
    EpochSchedule schedule =
        new EpochSchedule(
            Instant.EPOCH,
            Duration.ofSeconds(20),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            250);
    return new Round(epoch, oracles, schedule, Bytes32.ZERO, ROWS, table, Bytes32.ZERO, 255, 0);
  }

  byte[] table(int oracle) {
    byte[] table = new byte[ROWS];
    table[0] = (byte) (100 + oracle);
    return table;
  }

  byte[] deflated(int oracle) {
    return TableBytes.deflate(table(oracle));
  }

  Header header(long epoch, int oracle) {
    return new Header(CONFIG, epoch, keys.address(oracle));
  }

  <M extends Message> Signed<M> sign(int oracle, M message) {
    return new Signed<>(message, keys.signer(oracle).sign(message.digest(DOMAIN)));
  }

  <M extends Message> List<Effect> hear(int oracle, M message) {
    return on(new Event.Received(sign(oracle, message)));
  }

  ObsCommit commit(long epoch, int oracle) {
    Bytes32 hash = TableBytes.hash(deflated(oracle));
    EvmAddress address = keys.address(oracle);
    return new ObsCommit(
        header(epoch, oracle), ObsCommit.commitment(hash, Bytes32.ZERO, address, epoch), 255, 0);
  }

  ObsReveal reveal(long epoch, int oracle) {
    byte[] deflated = deflated(oracle);
    Bytes32 hash = TableBytes.hash(deflated);
    return new ObsReveal(
        header(epoch, oracle),
        hash,
        ObsReveal.rawCid(hash),
        deflated.length,
        Bytes32.ZERO,
        Bytes32.ZERO);
  }

  void tableOf(long epoch, int oracle) {
    byte[] deflated = deflated(oracle);
    TablePieces.of(header(epoch, oracle), TableBytes.hash(deflated), deflated)
        .forEach(chunk -> hear(oracle, chunk));
  }

  List<Effect> fire(long epoch, Timer.Purpose purpose, long view) {
    return on(new Event.TimerFired(new Timer(epoch, purpose, view)));
  }

  /** What was sent at the last event, of one kind. */
  <M extends Message> List<M> sent(Class<M> type) {
    return effects.stream()
        .filter(Effect.Send.class::isInstance)
        .map(effect -> ((Effect.Send) effect).message().message())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  <E extends Effect> List<E> effects(Class<E> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<Drop> dropped() {
    return effects(Effect.Dropped.class).stream().map(Effect.Dropped::reason).toList();
  }

  RoundStatus status(long epoch) {
    return engine.status().stream().filter(s -> s.epoch() == epoch).findFirst().orElseThrow();
  }

  @Override
  public Optional<Signed<Cert>> certificate(long epoch) {
    return Optional.ofNullable(certificates.get(epoch));
  }

  @Override
  public Optional<byte[]> table(Bytes32 tableHash) {
    return Optional.ofNullable(tables.get(tableHash));
  }

  /** Opens an epoch and brings three tables together; the engine has said NewView. */
  void collect(long epoch) {
    open(epoch);
    hear(1, commit(epoch, 1));
    hear(2, commit(epoch, 2));
    fire(epoch, Timer.Purpose.COMMIT_WINDOW, 0);
    for (int oracle = 1; oracle < 3; oracle++) {
      hear(oracle, reveal(epoch, oracle));
      tableOf(epoch, oracle);
    }
    assertThat(sent(NewView.class)).hasSize(1);
  }

  void enter(long epoch, long view) {
    hear(1, new ViewWish(header(epoch, 1), view));
    hear(2, new ViewWish(header(epoch, 2), view));
    assertThat(status(epoch).view()).isEqualTo(view);
  }

  Cert cert(long epoch, int from, int signers) {
    List<Bytes32> tables =
        List.of(0, 1, 2).stream().map(i -> TableBytes.hash(deflated(i))).toList();
    EpochOutcome outcome = outcome(epoch, new Inputs(0b0111, tables));
    Cert bare = cert(outcome, from, signers);
    return new Cert(bare.header(), 0, outcome, signers, bare.signatures(), tables);
  }

  static EpochOutcome outcome(long epoch, Inputs inputs) {
    return new EpochOutcome(
        CONFIG,
        epoch,
        inputs.observers(),
        0,
        250,
        ROWS,
        Bytes32.ZERO,
        inputs.digest(),
        Bytes32.ZERO,
        Bytes32.ZERO,
        Bytes32.ZERO,
        Bytes32.ZERO);
  }

  Cert cert(EpochOutcome outcome, int from, int signers) {
    Bytes32 digest = CertificateHash.digest(DOMAIN, outcome, 0);
    List<Octets> signatures = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      if ((signers >> i & 1) == 1) {
        signatures.add(keys.signer(i).sign(digest));
      }
    }
    return new Cert(header(outcome.epoch(), from), 0, outcome, signers, signatures, List.of());
  }
}
