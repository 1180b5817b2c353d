package ai.ratio1.dauth.internal.core;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.Signatures;
import ai.ratio1.transport.BrokerAccount;
import ai.ratio1.wire.DAuthAnswer;
import ai.ratio1.wire.Json;
import ai.ratio1.wire.JsonLimits;
import ai.ratio1.wire.SignedMessage;
import ai.ratio1.wire.Verdict;
import ai.ratio1.wire.WireTime;
import ai.ratio1.wire.evm.Eip55;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Believes an oracle's answer only if everything about it is right: genuine clients check that the
 * signature belongs to the key in the answer, and nothing else.
 */
public final class AnswerReader {

  /** Largest answer; an honest one has some KiB, a certificate authority included. */
  public static final int LIMIT = 64 * 1024;

  private static final Json JSON = new Json(new JsonLimits(LIMIT, 8, 256, 16 * 1024, 40, 10_000));
  private static final Pattern OUR_REFUSAL = Pattern.compile("R1-DAUTH-1\\d\\d");

  private final EvmAddress node;
  private final Signatures signatures;
  private final Duration skew;

  /**
   * A reader of a node's answers.
   *
   * @param node who asks
   * @param skew how far the oracle's clock may be off
   */
  public AnswerReader(EvmAddress node, Signatures signatures, Duration skew) {
    this.node = node;
    this.signatures = signatures;
    this.skew = skew;
  }

  /** An oracle said no; the others may say yes. */
  public static final class Refusal extends R1Exception {

    private static final long serialVersionUID = 1L;

    Refusal(ErrorCode code, String what, String nextStep) {
      super(code, what, nextStep);
    }
  }

  /**
   * Reads an answer.
   *
   * @param status HTTP status
   * @param nonce of the request it has to belong to
   * @param isOracle asks the chain, which may throw
   * @return the account at the broker
   * @throws R1Exception with the code of the first check that failed
   * @throws Refusal when an oracle refused this node
   */
  public BrokerAccount read(
      int status, byte[] bytes, String nonce, Predicate<EvmAddress> isOracle, Instant now) {
    if (status != 200) {
      throw DAuthError.BAD_STATUS.because("The oracle answered with HTTP status " + status + ".");
    }
    if (bytes.length > LIMIT) {
      throw DAuthError.TOO_LARGE.because("The answer is larger than " + LIMIT + " bytes.");
    }
    DAuthAnswer answer;
    ObjectNode document;
    try {
      document = JSON.parseObject(bytes);
      answer = believe(document, isOracle);
    } catch (R1Exception e) {
      throw e.code().text().startsWith("R1-WIRE-")
          ? DAuthError.UNREADABLE.because("The answer is unreadable: " + e.getMessage(), e)
          : e;
    }
    checkBelongs(answer, nonce, now);
    if (!answer.isAccepted()) {
      throw refusal(answer, document);
    }
    return BrokerSettings.read(answer);
  }

  private DAuthAnswer believe(ObjectNode document, Predicate<EvmAddress> isOracle) {
    Verdict verdict = SignedMessage.verify(DAuthAnswer.result(document), signatures);
    if (!(verdict instanceof Verdict.Valid valid)) {
      throw DAuthError.BAD_SIGNATURE.because(
          "The answer's signature is not valid: " + verdict.reason() + ".");
    }
    EvmAddress signer = signatures.evmAddress(valid.sender());
    if (!isOracle.test(signer)) {
      throw DAuthError.NO_ORACLE.because(
          "The answer is signed by " + Eip55.format(signer) + ", which is no oracle on the chain.");
    }
    return DAuthAnswer.read(document, valid.sender(), signer);
  }

  private void checkBelongs(DAuthAnswer answer, String nonce, Instant now) {
    if (!answer.nonce().equals(Optional.of(nonce))) {
      throw DAuthError.WRONG_NONCE.because("The answer does not echo the request's nonce.");
    }
    boolean ours =
        answer.asker().map(asker -> asker.evmAddress().equals(Eip55.format(node))).orElse(false);
    if (answer.isAccepted() && !ours) {
      throw DAuthError.WRONG_RECEIVER.because("The answer was made for another node.");
    }
    Instant time =
        WireTime.parse(answer.server().time(), 0)
            .orElseThrow(() -> DAuthError.UNREADABLE.because("The answer has no server time."));
    Duration offset = Duration.between(time, now);
    if (offset.abs().compareTo(skew.plusSeconds(1)) > 0) {
      throw DAuthError.SKEWED.because(
          "This clock differs from the oracle's by " + offset.toMillis() + " ms.");
    }
  }

  private static Refusal refusal(DAuthAnswer answer, ObjectNode document) {
    String message = "The oracle says: " + printable(answer.message());
    for (DAuthError error : DAuthError.values()) {
      String code = DAuthAnswer.code(document).orElse("");
      if (OUR_REFUSAL.matcher(code).matches() && error.code().text().equals(code)) {
        return new Refusal(error.code(), message, error.nextStep());
      }
    }
    return new Refusal(DAuthError.REFUSED.code(), message, DAuthError.REFUSED.nextStep());
  }

  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").strip();
  }
}
