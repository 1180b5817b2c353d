package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.EpochOutcome;
import ai.ratio1.chain.VoidOutcome;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Every message a frame can hold. */
final class AnyMessage {

  private static final int EPOCH_KINDS = 13;

  private AnyMessage() {}

  static Arbitrary<Signed<?>> signed() {
    return header()
        .flatMap(AnyMessage::any)
        .<Signed<?>>flatMap(message -> sign(message).map(signed -> signed))
        .withoutEdgeCases();
  }

  /** Every kind is as likely as any other. */
  private static Arbitrary<Message> any(Header header) {
    Header ofDecision = new Header(header.configDigest(), 0, header.oracle());
    return Arbitraries.frequencyOf(
        Tuple.of(EPOCH_KINDS, ofEpoch(header)),
        Tuple.of(Kind.values().length - EPOCH_KINDS, AnyDecisionMessage.of(ofDecision)));
  }

  private static Arbitrary<Message> ofEpoch(Header header) {
    return Arbitraries.<Message>oneOf(
        commit(header),
        reveal(header),
        chunk(header),
        uint32().map(view -> new ViewWish(header, view)),
        uint32().flatMap(view -> newView(header, view)),
        propose(header),
        prepare(header, uint32()),
        outcome(header).flatMap(o -> uint32().map(view -> new Commit(header, view, o))),
        cert(header),
        Combinators.combine(address(), Arbitraries.integers().between(1, 8))
            .as((to, count) -> new CertRequest(header, to, count)),
        Combinators.combine(address(), hash())
            .as((to, table) -> new TableRequest(header, to, table)),
        evidence(header),
        Combinators.combine(
                Arbitraries.integers().between(0, Integer.MAX_VALUE), hash().list().ofSize(7))
            .as((nodes, h) -> new VoidVote(header, voided(header, nodes, h))));
  }

  private static VoidOutcome voided(Header header, int nodes, List<Bytes32> h) {
    return new VoidOutcome(
        header.configDigest(),
        header.epoch(),
        h.get(0),
        nodes,
        h.get(1),
        h.get(2),
        h.get(3),
        h.get(4),
        h.get(5),
        h.get(6));
  }

  static <M extends Message> Arbitrary<Signed<M>> sign(M message) {
    return octets(65).map(signature -> new Signed<>(message, signature));
  }

  private static Arbitrary<Header> header() {
    return Combinators.combine(hash(), uint32(), address()).as(Header::new);
  }

  private static Arbitrary<Message> commit(Header header) {
    return Combinators.combine(hash(), Arbitraries.integers().between(0, 255), shorts())
        .as((seal, self, offset) -> new ObsCommit(header, seal, self, offset));
  }

  private static Arbitrary<Integer> shorts() {
    return Arbitraries.integers().between(-32768, 32767);
  }

  private static Arbitrary<Message> reveal(Header header) {
    return Combinators.combine(hash(), uint32(), hash(), hash())
        .as(
            (t, length, salt, root) ->
                new ObsReveal(header, t, ObsReveal.rawCid(t), length, salt, root));
  }

  private static Arbitrary<Message> chunk(Header header) {
    Arbitrary<Integer> count = Arbitraries.integers().between(1, TableChunk.MAX_COUNT);
    return Combinators.combine(hash(), count, Arbitraries.integers().between(1, 2000))
        .flatAs(
            (table, n, length) ->
                octets(length).map(content -> new TableChunk(header, table, n - 1, n, content)));
  }

  private static Arbitrary<NewView> newView(Header header, long view) {
    return Combinators.combine(hash().list().ofMaxSize(31), lock().optional())
        .as((seen, lock) -> new NewView(header, view, seen, lock));
  }

  private static Arbitrary<Lock> lock() {
    return bitmap()
        .flatMap(
            signers ->
                Combinators.combine(
                        uint32(), inputs(), hash(), octets(65).list().ofSize(bits(signers)))
                    .as(
                        (view, inputs, digest, signatures) ->
                            new Lock(view, inputs, digest, signers, signatures)));
  }

  private static Arbitrary<Message> propose(Header header) {
    Arbitrary<Long> view = uint32();
    return Combinators.combine(view, inputs(), address().list().ofMaxSize(6))
        .flatAs(
            (v, inputs, oracles) -> {
              List<Arbitrary<Signed<NewView>>> parts =
                  oracles.stream().map(oracle -> part(header, oracle, v)).toList();
              return Combinators.combine(parts).as(list -> new Propose(header, v, inputs, list));
            });
  }

  private static Arbitrary<Signed<NewView>> part(Header header, EvmAddress oracle, long view) {
    Header own = new Header(header.configDigest(), header.epoch(), oracle);
    return newView(own, view).flatMap(AnyMessage::sign);
  }

  private static Arbitrary<Prepare> prepare(Header header, Arbitrary<Long> views) {
    return Combinators.combine(views, hash(), hash())
        .as((view, inputs, outcome) -> new Prepare(header, view, inputs, outcome));
  }

  private static Arbitrary<Message> cert(Header header) {
    return Combinators.combine(outcome(header), bitmap(), uint32(), Arbitraries.of(true, false))
        .flatAs(
            (outcome, signers, view, known) ->
                Combinators.combine(
                        octets(65).list().ofSize(bits(signers)),
                        hash().list().ofSize(known ? bits(outcome.observers()) : 0))
                    .as(
                        (signatures, tables) ->
                            new Cert(header, view, outcome, signers, signatures, tables)));
  }

  private static Arbitrary<Message> evidence(Header header) {
    return address()
        .flatMap(
            accused -> {
              Header other = new Header(header.configDigest(), header.epoch(), accused);
              Arbitrary<Signed<Prepare>> prepare =
                  prepare(other, Arbitraries.just(7L)).flatMap(AnyMessage::sign);
              return Combinators.combine(prepare, prepare)
                  .as((first, second) -> new Evidence(header, first, second));
            });
  }

  private static Arbitrary<EpochOutcome> outcome(Header header) {
    Arbitrary<List<Bytes32>> roots = hash().list().ofSize(6);
    Arbitrary<Integer> theta = Arbitraries.integers().between(0, 255);
    Arbitrary<Integer> count = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Combinators.combine(bitmap(), bitmap(), theta, count, roots)
        .as(
            (observers, excluded, t, nodes, r) ->
                new EpochOutcome(
                    header.configDigest(),
                    header.epoch(),
                    observers,
                    excluded,
                    t,
                    nodes,
                    r.get(0),
                    r.get(1),
                    r.get(2),
                    r.get(3),
                    r.get(4),
                    r.get(5)));
  }

  private static Arbitrary<Inputs> inputs() {
    return bitmap()
        .flatMap(bits -> hash().list().ofSize(bits(bits)).map(list -> new Inputs(bits, list)));
  }

  static int bits(int bitmap) {
    return Integer.bitCount(bitmap);
  }

  static Arbitrary<Integer> bitmap() {
    return Arbitraries.integers().between(0, Integer.MAX_VALUE);
  }

  static Arbitrary<Long> uint32() {
    return Arbitraries.longs().between(0, Header.MAX_UINT32);
  }

  static Arbitrary<Bytes32> hash() {
    return bytes(32).map(Bytes32::of);
  }

  static Arbitrary<EvmAddress> address() {
    return bytes(20).map(EvmAddress::of);
  }

  static Arbitrary<Octets> octets(int length) {
    return bytes(length).map(Octets::of);
  }

  /** One number per byte string: drawing every byte of a proposal takes a second. */
  private static Arbitrary<byte[]> bytes(int length) {
    return Arbitraries.longs()
        .map(
            seed -> {
              byte[] bytes = new byte[length];
              if (seed != 0) {
                new SplittableRandom(seed).nextBytes(bytes);
              }
              return bytes;
            })
        .withoutEdgeCases();
  }
}
