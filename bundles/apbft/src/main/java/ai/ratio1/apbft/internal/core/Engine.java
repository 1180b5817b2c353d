package ai.ratio1.apbft.internal.core;

import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.apbft.internal.core.message.VoidVote;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.SignedCertificate;
import ai.ratio1.consensus.Round;
import ai.ratio1.consensus.RoundStatus;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The agreement engine of one oracle: a deterministic machine that turns events into effects. It
 * runs the instances of the epochs that are not certified, the oldest and the newest of them side
 * by side, and answers those who are behind. Not thread-safe.
 *
 * <p>Surprise: after a failure to carry out an effect the engine must be thrown away and built
 * again from its log, for it believes that what it asked for was done.
 */
public final class Engine {

  /** How many uncertified epochs wait at most, on disk beyond the window. */
  public static final int MAX_PENDING = 1024;

  private static final int NEWEST_ACTIVE = 2;

  private final Voice voice;
  private final Verifier verifier;
  private final Archive archive;
  private final Settings settings;
  private final Rules rules;
  private final TableLibrary library;
  private final EarlyMessages early = new EarlyMessages();
  private final Answers answers;
  private final NavigableMap<Long, Instance> active = new TreeMap<>();
  private final NavigableSet<Long> parked = new TreeSet<>();
  private final Map<Long, Instance> recent = new LinkedHashMap<>();
  private final Map<Long, SignedCertificate> adoptions = new LinkedHashMap<>();
  private final Membership members = new Membership();
  private final Voids voids;

  /** An engine that has nothing open. */
  public Engine(Voice voice, Recoverer recoverer, Archive archive, Settings settings, Rules rules) {
    this.voice = voice;
    this.verifier = new Verifier(voice.domain(), recoverer);
    this.archive = archive;
    this.settings = settings;
    this.rules = rules;
    this.library = new TableLibrary(voice, archive, settings);
    this.answers = new Answers(archive, settings);
    this.voids = new Voids(voice, verifier, settings);
  }

  /**
   * Handles an event.
   *
   * @param now the time in milliseconds; only differences count, and it may jump
   * @return what is to be done, in order
   */
  public List<Effect> on(Event event, long now) {
    Effects out = new Effects();
    if (event instanceof Event.Received received) {
      receive(received.message(), now, out);
    } else if (event instanceof Event.TimerFired fired) {
      timer(fired.timer(), now, out);
    } else if (event instanceof Event.Open open) {
      open(open, now, out);
    } else if (event instanceof Event.Resume resume) {
      members.learn(resume.newest(), resume.oracles());
      gather();
    } else if (event instanceof Event.OutcomeKnown known) {
      instance(known.epoch()).ifPresent(instance -> instance.outcome(known, now, out));
    } else if (event instanceof Event.Retry) {
      List.copyOf(active.values()).forEach(instance -> instance.retry(now, out));
    } else if (event instanceof Event.Adopt adopt) {
      adopt(adopt.certificate(), now, out);
    } else if (event instanceof Event.ProposeVoid proposal) {
      voids.propose(proposal.outcome(), proposal.oracles(), out);
      gather();
    } else if (event instanceof Event.Close close) {
      close(close.epoch(), now, out);
    } else if (event instanceof Event.TableObtained obtained) {
      obtained(obtained.tableHash(), obtained.table(), now, out);
    } else if (event instanceof Event.TableWanted wanted) {
      want(wanted.tableHash(), out);
    }
    settle(out);
    return out.list();
  }

  /** Everybody whose word counts in the newest epoch or in one that is open here. */
  public Set<EvmAddress> oracles() {
    return members.all();
  }

  /** How far the epochs in memory got. */
  public List<RoundStatus> status() {
    List<RoundStatus> all = new ArrayList<>();
    recent.values().forEach(instance -> all.add(instance.status()));
    active.values().forEach(instance -> all.add(instance.status()));
    return all;
  }

  /** How many messages and wishes are held, for tests of the bounds. */
  public int size() {
    int size = early.size() + library.size() + answers.size() + voids.size();
    for (Instance instance : active.values()) {
      size += instance.size();
    }
    for (Instance instance : recent.values()) {
      size += instance.size();
    }
    return size;
  }

  private void open(Event.Open open, long now, Effects out) {
    Round round = open.round();
    long epoch = round.epoch();
    if (instance(epoch).isPresent() || parked.contains(epoch)) {
      instance(epoch).ifPresent(known -> known.offer(round, open.salt(), now, out));
      return;
    }
    if (active.size() + parked.size() >= MAX_PENDING) {
      warn(epoch, "too many epochs are not certified", out);
      return;
    }
    Instance instance;
    try {
      instance = instance(round, open.salt());
    } catch (IllegalArgumentException e) {
      warn(epoch, String.valueOf(e.getMessage()), out);
      return;
    }
    if (open.reconfigured()) {
      out.add(new Effect.Warn(epoch, Problems.reconfigured(epoch)));
      return;
    }
    members.learn(epoch, round.oracles());
    active.put(epoch, instance);
    gather();
    instance.open(open.log(), out);
    if (instance.decided()) {
      archive
          .certificate(epoch)
          .ifPresent(cert -> out.add(new Effect.Decided(cert.message().certificate())));
    }
    Optional.ofNullable(adoptions.remove(epoch))
        .ifPresent(certificate -> instance.adopt(certificate, List.of(), now, out));
    for (Signed<?> signed : early.take(epoch, members.all())) {
      instance.receive(signed, now, out);
    }
  }

  /** A parked epoch is opened first: only then its certificate can be checked and kept. */
  private void adopt(SignedCertificate certificate, long now, Effects out) {
    long epoch = certificate.outcome().epoch();
    instance(epoch).ifPresent(instance -> instance.adopt(certificate, List.of(), now, out));
    if (parked.remove(epoch)) {
      adoptions.put(epoch, certificate);
      out.add(new Effect.Reopen(epoch));
    }
  }

  private Instance instance(Round round, Bytes32 salt) {
    Committee committee =
        new Committee(round.oracles(), round.beacon(), round.weights(), voice.self(), rules);
    Header header = new Header(round.oracles().configDigest(), round.epoch(), voice.self());
    boolean odd = round.table().map(table -> table.length != round.rows()).orElse(false);
    if (odd || round.rows() < 0 || TableBytes.limit(round.rows()) > settings.tableLimit()) {
      throw new IllegalArgumentException("its table does not have the rows, or has too many");
    }
    return new Instance(
        new EpochContext(round, committee, header, voice, verifier, settings, rules, library),
        salt);
  }

  private void gather() {
    members.gather(active.values(), voids.oracles());
  }

  /** Later epochs may have computed outcomes from one that is none any more. */
  private void close(long epoch, long now, Effects out) {
    active.remove(epoch);
    parked.remove(epoch);
    recent.remove(epoch);
    library.forget(epoch);
    voids.close(epoch);
    gather();
    out.add(new Effect.CancelTimers(epoch));
    out.add(new Effect.Closed(epoch));
    List.copyOf(active.values()).forEach(instance -> instance.reconsider(now, out));
  }

  private void warn(long epoch, String what, Effects out) {
    out.add(new Effect.Warn(epoch, Problems.round(what)));
  }

  private void receive(Signed<?> signed, long now, Effects out) {
    EvmAddress sender = signed.message().header().oracle();
    long epoch = signed.message().header().epoch();
    long newest = members.newest();
    if (sender.equals(voice.self())) {
      out.drop(signed, Drop.OWN);
    } else if (signed.message() instanceof TableChunk chunk) {
      chunk(signed, chunk, now, out);
    } else if (signed.message() instanceof TableRequest request) {
      serve(signed, request, now, out);
    } else if (signed.message() instanceof CertRequest request) {
      show(signed, request, now, out);
    } else if (signed.message() instanceof VoidVote vote) {
      voids.receive(signed, vote, out);
    } else if (instance(epoch).isPresent()) {
      instance(epoch).get().receive(signed, now, out);
    } else if (parked.contains(epoch)) {
      out.drop(signed, Drop.PARKED);
    } else if (epoch > newest && epoch <= newest + Settings.WINDOW) {
      keep(signed, out);
    } else if (archive.certificate(epoch).isPresent()) {
      out.drop(signed, Drop.CERTIFIED);
      if (signed.message().kind() != Kind.CERT && known(signed, out)) {
        answer(epoch, now, out);
      }
    } else {
      out.drop(signed, Drop.WINDOW);
    }
  }

  private void keep(Signed<?> signed, Effects out) {
    if (early.contains(signed)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (known(signed, out)) {
      early.add(signed);
    }
  }

  private boolean known(Signed<?> signed, Effects out) {
    if (!members.contains(signed.message().header().oracle())) {
      out.drop(signed, Drop.STRANGER);
      return false;
    }
    if (!verifier.signed(signed)) {
      out.drop(signed, Drop.SIGNATURE);
      return false;
    }
    return true;
  }

  private void chunk(Signed<?> signed, TableChunk chunk, long now, Effects out) {
    boolean expected = library.expects(chunk);
    if (!expected && !library.isEarly(chunk, now)) {
      out.drop(signed, Drop.UNWANTED);
    } else if (!known(signed, out)) {
      return;
    } else if (!expected) {
      library.keepEarly(chunk, now);
    } else {
      long epoch = library.epochOf(chunk.tableHash()).orElse(members.newest());
      library.add(chunk).ifPresent(table -> arrived(epoch, chunk.tableHash(), table, now, out));
    }
  }

  private void obtained(Bytes32 tableHash, byte[] table, long now, Effects out) {
    boolean fits = table.length > 0 && table.length <= settings.tableLimit();
    if (fits && TableBytes.hash(table).equals(tableHash)) {
      library.obtained(tableHash);
      arrived(Math.max(0, members.newest()), tableHash, table, now, out);
    }
  }

  private void arrived(long epoch, Bytes32 tableHash, byte[] table, long now, Effects out) {
    out.add(new Effect.KeepTable(epoch, tableHash, table));
    for (Instance instance : List.copyOf(active.values())) {
      instance.table(tableHash, table, now, out);
    }
  }

  private void want(Bytes32 tableHash, Effects out) {
    List<EvmAddress> others =
        members.all().stream().filter(other -> !other.equals(voice.self())).sorted().toList();
    if (members.newest() >= 0
        && members.contains(voice.self())
        && archive.table(tableHash).isEmpty()) {
      library.want(
          new Tables.Wish(
              members.newest(),
              members.configDigest(),
              tableHash,
              settings.tableLimit(),
              others,
              false,
              false),
          out);
    }
  }

  private void serve(Signed<?> signed, TableRequest request, long now, Effects out) {
    if (!request.to().equals(voice.self())) {
      out.drop(signed, Drop.UNWANTED);
    } else if (!library.serves(request, now)) {
      out.drop(signed, Drop.DUPLICATE);
    } else if (known(signed, out) && !library.serve(request, now, out)) {
      out.drop(signed, Drop.UNWANTED);
    }
  }

  private void show(Signed<?> signed, CertRequest request, long now, Effects out) {
    if (!request.to().equals(voice.self())) {
      out.drop(signed, Drop.UNWANTED);
    } else if (known(signed, out)) {
      long first = request.header().epoch();
      for (long epoch = first; epoch < first + request.count(); epoch++) {
        answer(epoch, now, out);
      }
    }
  }

  private void answer(long epoch, long now, Effects out) {
    if (members.contains(voice.self())) {
      answers.show(epoch, now, out);
    }
  }

  private void timer(Timer timer, long now, Effects out) {
    if (timer.purpose() == Timer.Purpose.FETCH) {
      library.tick(out);
    } else if (timer.purpose() == Timer.Purpose.VOID) {
      voids.sayAgain(timer.epoch(), out);
    } else {
      instance(timer.epoch()).ifPresent(instance -> instance.timer(timer, now, out));
    }
  }

  private Optional<Instance> instance(long epoch) {
    Instance instance = active.get(epoch);
    return Optional.ofNullable(instance != null ? instance : recent.get(epoch));
  }

  /** Retires what is certified and lets the right epochs run. */
  private void settle(Effects out) {
    for (Iterator<Map.Entry<Long, Instance>> i = active.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Long, Instance> entry = i.next();
      if (entry.getValue().decided()) {
        i.remove();
        retire(entry.getKey(), entry.getValue());
        gather();
      }
    }
    if (parked.isEmpty() && active.size() <= Settings.WINDOW) {
      return;
    }
    NavigableSet<Long> waiting = new TreeSet<>(active.keySet());
    waiting.addAll(parked);
    Set<Long> run = running(waiting);
    for (long epoch : List.copyOf(active.keySet())) {
      if (!run.contains(epoch)) {
        active.remove(epoch);
        parked.add(epoch);
        gather();
        out.add(new Effect.CancelTimers(epoch));
      }
    }
    for (long epoch : run) {
      if (parked.remove(epoch)) {
        out.add(new Effect.Reopen(epoch));
      }
    }
  }

  private void retire(long epoch, Instance instance) {
    if (recent.size() == Settings.WINDOW) {
      long oldest = recent.keySet().iterator().next();
      recent.remove(oldest);
      library.forget(oldest);
    }
    recent.put(epoch, instance);
  }

  /** Outcomes go in order, so the oldest must run; the newest must collect while peers do. */
  private static Set<Long> running(NavigableSet<Long> waiting) {
    Set<Long> run = new TreeSet<>();
    waiting.stream().limit(Settings.WINDOW - NEWEST_ACTIVE).forEach(run::add);
    waiting.descendingSet().stream().limit(NEWEST_ACTIVE).forEach(run::add);
    return run;
  }
}
