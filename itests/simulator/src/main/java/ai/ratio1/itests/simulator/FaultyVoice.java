package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Header;
import ai.ratio1.apbft.internal.core.message.Message;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.consensus.Round;
import java.util.function.BiPredicate;

/**
 * Speaks for a faulty oracle, to whom it likes.
 *
 * @param index which oracle
 * @param ground its key
 * @param network carries what it says
 * @param watcher sees what it says
 */
record FaultyVoice(int index, Ground ground, Network network, Watcher watcher) {

  <M extends Message> Signed<M> sign(M message) {
    return new Signed<>(message, ground.keys().signer(index).sign(message.digest(ground.domain())));
  }

  Header header(Round round) {
    return new Header(
        round.oracles().configDigest(), round.epoch(), round.oracles().oracles().get(index));
  }

  void send(int to, Signed<?> message) {
    watcher.whispered(index, to, message);
    network.send(index, to, message);
  }

  void sendTo(Signed<?> message, BiPredicate<Signed<?>, Integer> whom) {
    for (int to = 0; to < network.size(); to++) {
      if (to != index && whom.test(message, to)) {
        send(to, message);
      }
    }
  }

  void sendToAll(Signed<?> message) {
    sendTo(message, (m, to) -> true);
  }
}
