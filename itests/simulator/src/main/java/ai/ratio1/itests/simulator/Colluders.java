package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.message.Commit;
import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Kind;
import ai.ratio1.apbft.internal.core.message.Lock;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Prepare;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.ViewWish;
import ai.ratio1.base.Bytes32;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.consensus.Round;
import ai.ratio1.wire.certificate.CertificateHash;
import ai.ratio1.wire.certificate.LeaderOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All faulty oracles as one mind that sees what each of them sees. They give their tables to some
 * only; propose different sets to different oracles in every view; show or hide locks; prepare and
 * commit whatever is proposed, each to those it was proposed to; and push the views on. A weak
 * adversary finds nothing: whether a mutant of the rules is caught depends on this class.
 */
final class Colluders {

  private static final int TRIALS = 16;

  private final World world;
  private final Scenario scenario;
  private final Ledger ledger;
  private final List<FaultyVoice> voices;
  private final List<OracleNode> observers = new ArrayList<>();
  private final Map<Long, Round> rounds = new HashMap<>();
  private final Map<Place, Map<Bytes32, Signed<NewView>>> statements = new HashMap<>();
  private final Map<Long, List<List<Bytes32>>> tables = new HashMap<>();
  private final Map<Bytes32, Inputs> inputs = new HashMap<>();
  private final Map<Long, List<Lock>> locks = new HashMap<>();
  private final Set<Object> done = new HashSet<>();

  Colluders(
      World world,
      Scenario scenario,
      Ledger ledger,
      List<FaultyVoice> voices,
      Foes.Engines engines) {
    this.world = world;
    this.scenario = scenario;
    this.ledger = ledger;
    this.voices = voices;
    for (FaultyVoice voice : voices) {
      observers.add(
          engines.engine(
              voice.index(),
              Watcher.BLIND,
              message -> voice.sendTo(message, (m, to) -> observes(m, to))));
    }
  }

  /** One place of the mind in the network. */
  Endpoint endpoint(int k) {
    return new Endpoint() {
      @Override
      public void open(Round round) {
        rounds.put(round.epoch(), round);
        observers.get(k).open(Lies.of(round, 7 + k));
      }

      @Override
      public void deliver(Signed<?> message) {
        observers.get(k).deliver(message);
        hear(message);
      }
    };
  }

  /** The engines of the faulty only take part in the collection; half do not see the tables. */
  private boolean observes(Signed<?> signed, int to) {
    Kind kind = signed.message().kind();
    boolean table = kind == Kind.OBS_REVEAL || kind == Kind.TABLE_CHUNK;
    boolean collecting = table || kind == Kind.OBS_COMMIT || kind == Kind.TABLE_REQUEST;
    return collecting && (!table || (to + scenario.seed()) % 2 == 0);
  }

  private void hear(Signed<?> signed) {
    Message message = signed.message();
    Round round = rounds.get(message.header().epoch());
    if (round == null || !done.add(signed)) {
      return;
    }
    if (message instanceof ObsReveal reveal) {
      learn(round, reveal);
    } else if (message instanceof NewView newView) {
      newView
          .lock()
          .ifPresent(l -> locks.computeIfAbsent(round.epoch(), e -> new ArrayList<>()).add(l));
      Place place = new Place(round.epoch(), newView.view());
      statements
          .computeIfAbsent(place, p -> new LinkedHashMap<>())
          .put(
              signed.digest(scenario.ground().domain()), new Signed<>(newView, signed.signature()));
      introduce(round, newView.view());
      propose(round, newView.view());
    } else if (message instanceof Propose proposal) {
      inputs.put(proposal.inputs().digest(), proposal.inputs());
      vote(round, proposal.view(), proposal.inputs(), randomHonest());
    } else if (message instanceof Prepare prepare) {
      Inputs known = inputs.get(prepare.inputsDigest());
      if (known != null) {
        vote(round, prepare.view(), known, randomHonest());
      }
    } else if (message instanceof ViewWish wish && world.chance(0.3)) {
      wish(round, wish.view() + world.random().nextInt(2));
    }
  }

  private void learn(Round round, ObsReveal reveal) {
    int index = round.oracles().indexOf(reveal.header().oracle());
    List<Bytes32> known = tablesOf(round).get(index);
    if (!known.contains(reveal.tableHash())) {
      known.add(reveal.tableHash());
    }
  }

  private List<List<Bytes32>> tablesOf(Round round) {
    return tables.computeIfAbsent(
        round.epoch(),
        e -> {
          List<List<Bytes32>> all = new ArrayList<>();
          for (int i = 0; i < scenario.oracles(); i++) {
            all.add(new ArrayList<>());
          }
          for (int k = 0; k < voices.size(); k++) {
            Round lie = Lies.of(round, 7 + k);
            byte[] deflated = TableBytes.deflate(lie.table().orElseThrow());
            all.get(voices.get(k).index()).add(TableBytes.hash(deflated));
          }
          return all;
        });
  }

  /** Statements of the faulty to whoever leads, without what would bind it. */
  private void introduce(Round round, long view) {
    if (done.add(new Done("introduce", round.epoch(), view))) {
      for (FaultyVoice voice : voices) {
        Signed<NewView> statement = statement(round, view, voice);
        randomHonest().forEach(to -> voice.send(to, statement));
      }
    }
  }

  private Signed<NewView> statement(Round round, long view, FaultyVoice voice) {
    List<Bytes32> seen = new ArrayList<>();
    int generosity = world.random().nextInt(3);
    for (List<Bytes32> known : tablesOf(round)) {
      boolean claims = !known.isEmpty() && world.random().nextInt(2) < generosity;
      seen.add(claims ? known.get(world.random().nextInt(known.size())) : Bytes32.ZERO);
    }
    Optional<Lock> lock =
        world.chance(0.2)
            ? locks.getOrDefault(round.epoch(), List.of()).stream()
                .filter(l -> l.view() < view)
                .findAny()
            : Optional.empty();
    return voice.sign(new NewView(voice.header(round), view, seen, lock));
  }

  /** Two proposals of one view, each to one part of the honest oracles. */
  private void propose(Round round, long view) {
    List<Signed<NewView>> honest =
        List.copyOf(statements.getOrDefault(new Place(round.epoch(), view), Map.of()).values());
    boolean possible = honest.size() + voices.size() >= quorum();
    if (!possible || !done.add(new Done("propose" + honest.size(), round.epoch(), view))) {
      return;
    }
    int leader = leader(round, view);
    for (FaultyVoice voice : voices) {
      if (voice.index() != leader) {
        continue;
      }
      Map<Bytes32, Propose> variants = new TreeMap<>();
      for (int trial = 0; trial < TRIALS; trial++) {
        variant(round, view, voice, honest)
            .ifPresent(proposal -> variants.putIfAbsent(proposal.inputs().digest(), proposal));
      }
      List<Propose> chosen = new ArrayList<>(variants.values());
      world.shuffle(chosen);
      List<List<Integer>> parts = parts();
      for (int part = 0; part < Math.min(2, chosen.size()); part++) {
        Propose proposal = chosen.get(chosen.size() == 1 ? 0 : part);
        inputs.put(proposal.inputs().digest(), proposal.inputs());
        List<Integer> whom = chosen.size() == 1 ? randomHonest() : parts.get(part);
        Signed<Propose> signed = voice.sign(proposal);
        whom.forEach(to -> voice.send(to, signed));
        vote(round, view, proposal.inputs(), whom);
      }
    }
  }

  private Optional<Propose> variant(
      Round round, long view, FaultyVoice leader, List<Signed<NewView>> honest) {
    List<Signed<NewView>> quorum = new ArrayList<>(honest);
    world.shuffle(quorum);
    if (world.chance(0.5)) {
      // What is locked binds: leave it out where possible.
      quorum.sort(Comparator.comparing(s -> s.message().lock().isPresent()));
    }
    int own = world.random().nextInt(Math.min(voices.size(), quorum()) + 1);
    own = Math.max(own, quorum() - quorum.size());
    if (own > voices.size()) {
      return Optional.empty();
    }
    quorum = new ArrayList<>(quorum.subList(0, quorum() - own));
    for (int k = 0; k < own; k++) {
      quorum.add(statement(round, view, voices.get(k)));
    }
    List<Signed<NewView>> justification = List.copyOf(quorum);
    return lead(justification)
        .map(set -> new Propose(leader.header(round), view, set, justification));
  }

  /** The rule of the honest, written a second time. */
  private Optional<Inputs> lead(List<Signed<NewView>> quorum) {
    List<NewView> parts = quorum.stream().map(Signed::message).toList();
    Optional<Lock> binding = scenario.subject().rules().binding(parts);
    if (binding.isPresent()) {
      return binding.map(Lock::inputs);
    }
    int observers = 0;
    List<Bytes32> set = new ArrayList<>();
    for (int i = 0; i < scenario.oracles(); i++) {
      int oracle = i;
      Map<Bytes32, Integer> counts = new HashMap<>();
      parts.forEach(part -> counts.merge(part.seen().get(oracle), 1, Integer::sum));
      counts.remove(Bytes32.ZERO);
      int most = counts.values().stream().mapToInt(c -> c).max().orElse(0);
      List<Bytes32> leading =
          counts.entrySet().stream()
              .filter(entry -> entry.getValue() == most)
              .map(Map.Entry::getKey)
              .toList();
      if (most > scenario.mostFaults() && leading.size() == 1) {
        observers |= 1 << i;
        set.add(leading.get(0));
      }
    }
    return set.size() > 2 * scenario.mostFaults()
        ? Optional.of(new Inputs(observers, set))
        : Optional.empty();
  }

  /** Votes for a set, to these oracles alone. */
  private void vote(Round round, long view, Inputs set, List<Integer> whom) {
    Optional<EpochOutcome> known = ledger.outcome(round.epoch(), set);
    if (known.isEmpty()) {
      return; // A table is missing, or the epoch before is open: the honest cannot vote either.
    }
    EpochOutcome outcome = known.get();
    Bytes32 digest = CertificateHash.outcome(outcome);
    for (FaultyVoice voice : voices) {
      Header header = voice.header(round);
      Signed<?> prepare = voice.sign(new Prepare(header, view, set.digest(), digest));
      Signed<?> commit = voice.sign(new Commit(header, view, outcome));
      for (int to : whom) {
        if (done.add(new Done("vote" + voice.index() + digest + to, round.epoch(), view))) {
          voice.send(to, prepare);
          voice.send(to, commit);
        }
      }
    }
  }

  private void wish(Round round, long view) {
    for (FaultyVoice voice : voices) {
      if (done.add(new Done("wish" + voice.index(), round.epoch(), view))) {
        Signed<?> wish = voice.sign(new ViewWish(voice.header(round), view));
        randomHonest().forEach(to -> voice.send(to, wish));
      }
    }
  }

  private int leader(Round round, long view) {
    List<Integer> order = LeaderOrder.of(round.oracles(), round.beacon(), round.weights());
    return order.get((int) (view % order.size()));
  }

  private List<List<Integer>> parts() {
    List<List<Integer>> parts = List.of(new ArrayList<>(), new ArrayList<>());
    for (int to = 0; to < scenario.oracles() - voices.size(); to++) {
      parts.get(world.random().nextInt(2)).add(to);
    }
    return parts;
  }

  private List<Integer> randomHonest() {
    double share = world.random().nextDouble();
    List<Integer> some = new ArrayList<>();
    for (int to = 0; to < scenario.oracles() - voices.size(); to++) {
      if (world.chance(share)) {
        some.add(to);
      }
    }
    return some;
  }

  private int quorum() {
    return scenario.subject().rules().quorum(rounds.values().iterator().next().oracles());
  }

  private record Place(long epoch, long view) {}

  private record Done(String what, long epoch, long view) {}
}
