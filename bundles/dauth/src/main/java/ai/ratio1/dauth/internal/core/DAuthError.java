package ai.ratio1.dauth.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import org.jspecify.annotations.Nullable;

/** Why somebody is not let in. Below 100 the node's own gate says so, above an oracle. */
public enum DAuthError {
  /** A setting of this node is not usable. */
  INVALID_SETTING(1, "Correct the setting."),
  /** There is no chain service yet. */
  NO_CHAIN(2, "Wait until the chain is connected; see the chain's own messages."),
  /** The chain does not answer. */
  CHAIN_AWAY(3, "Check the chain endpoints."),
  /** Nobody linked a deed to this node. */
  NO_LICENCE(4, "Link one: ./r1 deed link."),
  /** The owner took the licence off this node. */
  UNLINKED(5, "Link a licence again: ./r1 deed link."),
  /** Governance banned the licence. */
  BANNED(6, "Ask whoever governs the network."),
  /** The licence changed hands. */
  TRANSFERRED(7, "The new owner has to link it again: ./r1 deed link."),
  /** The chain was away for longer than the session may hold without it. */
  GRACE_OVER(8, "Check the chain endpoints."),
  /** No oracle to ask. */
  NO_ENDPOINT(9, "Set urls to the dAuth endpoints of the network's oracles."),
  /** No connection to the oracle. */
  UNREACHABLE(10, "Check the address and the network; the next oracle is asked."),
  /** The oracle's answer has another HTTP status than 200. */
  BAD_STATUS(11, "See the oracle's log; the next oracle is asked."),
  /** The oracle's answer is larger than any honest one. */
  TOO_LARGE(12, "Do not trust this endpoint; the next oracle is asked."),
  /** The oracle's answer is no answer. */
  UNREADABLE(13, "Check that the address is a dAuth endpoint."),
  /** The answer is not signed by its sender. */
  BAD_SIGNATURE(14, "Do not trust this endpoint; the next oracle is asked."),
  /** The answer's signer is no oracle on the chain. */
  NO_ORACLE(15, "Remove this endpoint, or check the chain settings."),
  /** The answer belongs to another request. */
  WRONG_NONCE(16, "Do not trust this endpoint; the next oracle is asked."),
  /** The clocks of the oracle and of this node differ. */
  SKEWED(17, "Discipline this node's clock (NTP)."),
  /** The answer was made for another node. */
  WRONG_RECEIVER(18, "Do not trust this endpoint; the next oracle is asked."),
  /** The oracle's settings for the broker are not usable. */
  BAD_SETTINGS(19, "Tell the oracle's operator; the next oracle is asked."),
  /** The oracle refused without a code. */
  REFUSED(20, "See the oracle's message."),
  /** The broker account of this oracle cannot be made. */
  NO_ACCOUNT(21, "Check broker.host, broker.port and broker.secret.file."),
  /** The answer did not arrive in time. */
  TOO_SLOW(22, "Check the network; the next oracle is asked."),

  /** It is unknown who asks. */
  NO_SENDER(101, "Send EE_SENDER, a node address."),
  /** The claimed EVM address belongs to another key. */
  ADDRESS_MISMATCH(102, "Send the checksummed EVM address of the key that signs."),
  /** The request is not signed by its sender. */
  INVALID_SIGNATURE(103, "Sign the request as it is sent."),
  /** The versions are missing or too old. */
  VERSION(104, "Update the software."),
  /** No active licence is linked to the asking node. */
  NOT_LICENSED(105, "Link one: ./r1 deed link."),
  /** The chain does not answer the oracle. */
  UNDECIDED(106, "Ask again, or ask another oracle."),
  /** The request is older than the tolerance. */
  EXPIRED(107, "Discipline the clock (NTP) and sign a new request."),
  /** The request is from the future. */
  FROM_THE_FUTURE(108, "Discipline the clock (NTP)."),
  /** The request was answered before. */
  REPLAYED(109, "Sign a new request."),
  /** Another process beats with the same key. */
  SECOND_INSTANCE(110, "Stop the other node that has this key; a key is for one node."),
  /** This sender asks too often. */
  TOO_OFTEN(111, "Wait and ask less often."),
  /** A field has another type or length than it should. */
  MALFORMED(112, "Send the fields as the protocol says.");

  private final String code;
  private final String nextStep;

  DAuthError(int number, String nextStep) {
    this.code = String.format("R1-DAUTH-%03d", number);
    this.nextStep = nextStep;
  }

  /** The stable code. */
  public ErrorCode code() {
    return new ErrorCode(code);
  }

  /** What to do about it. */
  public String nextStep() {
    return nextStep;
  }

  /** A failure of this kind. */
  public R1Exception because(String what) {
    return because(what, null);
  }

  /** A failure of this kind. */
  public R1Exception because(String what, @Nullable Throwable cause) {
    return new R1Exception(code(), what, nextStep, cause);
  }
}
