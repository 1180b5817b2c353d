package ai.ratio1.dauth.internal.core;

import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a ruling into the genuine form (protocol dossier, section 5.3) and signs it. */
public final class AnswerWriter {

  private final NodeIdentity identity;
  private final BrokerGrant broker;
  private final boolean seed;

  /**
   * A writer.
   *
   * @param seed whether this server calls itself a seed node
   */
  public AnswerWriter(NodeIdentity identity, BrokerGrant broker, boolean seed) {
    this.identity = identity;
    this.broker = broker;
    this.seed = seed;
  }

  /**
   * The answer to a ruling.
   *
   * @param server who answers, now
   * @param whitelist lines of an address, two blanks and an alias, for nodes
   * @param turn counts answers, to give out the broker's hosts in turn
   */
  public ObjectNode write(
      Ruling ruling, DAuthAnswer.Server server, List<String> whitelist, int turn) {
    if (ruling instanceof Ruling.Accepted accepted) {
      return new DAuthAnswer(
              server,
              accepted.message(),
              broker.settings(accepted.sender(), accepted.role(), turn),
              accepted.type().equals(VersionCheck.NODE) ? whitelist : List.of(),
              Optional.of(
                  new DAuthAnswer.Asker(
                      Eip55.format(accepted.evmAddress()), Optional.of(accepted.type()), seed)),
              Optional.of(accepted.nonce()))
          .compose(identity);
    }
    if (ruling instanceof Ruling.Refused refused) {
      return new DAuthAnswer(
              server,
              refused.message(),
              Map.of(),
              List.of(),
              Optional.of(refused.asker()),
              refused.nonce())
          .compose(identity, refused.error().code());
    }
    Ruling.Anonymous anonymous = (Ruling.Anonymous) ruling;
    return DAuthAnswer.composeFailure(
        server, anonymous.message(), anonymous.error().code(), identity);
  }
}
