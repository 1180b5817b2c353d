package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;

/** Something an oracle says. Which struct it signs is final (docs/reference/apbft-messages.md). */
public sealed interface Message
    permits ObsCommit,
        ObsReveal,
        TableChunk,
        Wish,
        Introduction,
        Proposal,
        Ballot,
        Cert,
        CertRequest,
        TableRequest,
        Evidence,
        VoidVote,
        DecisionMessage {

  /** Context and sender. */
  Header header();

  /** Its kind. */
  Kind kind();

  /** The EIP-712 digest that the sender signs. */
  Bytes32 digest(Bytes32 domain);
}
