package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.TableBytes;
import ai.ratio1.apbft.internal.core.message.CertRequest;
import ai.ratio1.apbft.internal.core.message.Frames;
import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.NewView;
import ai.ratio1.apbft.internal.core.message.ObsCommit;
import ai.ratio1.apbft.internal.core.message.ObsReveal;
import ai.ratio1.apbft.internal.core.message.Octets;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.apbft.internal.core.message.TableChunk;
import ai.ratio1.apbft.internal.core.message.TableRequest;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.consensus.Round;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Sends the largest messages there can be and larger ones. Its own table is correctly sealed and
 * revealed, fits the limit, and inflates to a multiple of what an epoch has.
 */
final class Glutton implements Endpoint {

  private static final int MEALS = 8;
  private static final long INTERVAL = 400;
  private static final int INFLATED = 20_000;
  private static final int MOST_SEEN = 255;
  // As many full statements as a frame takes.
  private static final int MOST_STATEMENTS = 31;

  private final World world;
  private final FaultyVoice voice;
  private final OracleNode engine;
  private final byte[] bomb = TableBytes.deflate(new byte[INFLATED]);

  Glutton(World world, FaultyVoice voice, OracleNode engine) {
    this.world = world;
    this.voice = voice;
    this.engine = engine;
  }

  @Override
  public void open(Round round) {
    engine.open(Lies.without(round));
    Bytes32 hash = TableBytes.hash(bomb);
    EvmAddress self = voice.header(round).oracle();
    Bytes32 seal = ObsCommit.commitment(hash, Bytes32.ZERO, self, round.epoch());
    say(new ObsCommit(voice.header(round), seal, 255, 0));
    feed(round, MEALS);
  }

  @Override
  public void deliver(Signed<?> message) {
    engine.deliver(message);
  }

  private void feed(Round round, int left) {
    Bytes32 hash = TableBytes.hash(bomb);
    say(
        new ObsReveal(
            voice.header(round),
            hash,
            ObsReveal.rawCid(hash),
            bomb.length,
            Bytes32.ZERO,
            Bytes32.ZERO));
    say(new TableChunk(voice.header(round), hash, 0, 1, Octets.of(bomb)));
    say(meal(round));
    voice.network().send(voice.index(), world.random().nextInt(voice.index()), garbage());
    if (left > 0) {
      world.after(INTERVAL, () -> feed(round, left - 1));
    }
  }

  /** One message as large as its kind can be. */
  private Message meal(Round round) {
    long view = world.random().nextInt(10);
    EvmAddress victim = round.oracles().oracles().get(world.random().nextInt(voice.index()));
    return switch (world.random().nextInt(5)) {
      case 0 -> statement(round, view);
      case 1 -> {
        List<Signed<NewView>> all =
            Collections.nCopies(MOST_STATEMENTS, voice.sign(statement(round, view)));
        int observers = (1 << round.oracles().size()) - 1;
        List<Bytes32> tables = Collections.nCopies(round.oracles().size(), anything());
        yield new Propose(voice.header(round), view, new Inputs(observers, tables), all);
      }
      case 2 -> {
        Octets content = Octets.of(new byte[TableChunk.MAX_LENGTH]);
        yield new TableChunk(voice.header(round), anything(), 0, TableChunk.MAX_COUNT, content);
      }
      case 3 -> new CertRequest(voice.header(round), victim, CertRequest.MAX_COUNT);
      default -> new TableRequest(voice.header(round), victim, anything());
    };
  }

  private NewView statement(Round round, long view) {
    List<Bytes32> seen = Collections.nCopies(MOST_SEEN, anything());
    return new NewView(voice.header(round), view, seen, Optional.empty());
  }

  /** A frame that is too long, or no frame. */
  private byte[] garbage() {
    byte[] frame = new byte[world.random().nextInt(1, Frames.MAX_LENGTH + 1_000)];
    int known = Math.min(frame.length, 64);
    for (int i = 0; i < known; i++) {
      frame[i] = (byte) world.random().nextInt(16);
    }
    return frame;
  }

  private Bytes32 anything() {
    byte[] bytes = new byte[32];
    world.random().nextBytes(bytes);
    return Bytes32.of(bytes);
  }

  private void say(Message message) {
    voice.sendToAll(voice.sign(message));
  }
}
