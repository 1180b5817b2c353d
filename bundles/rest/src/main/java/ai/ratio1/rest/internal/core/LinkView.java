package ai.ratio1.rest.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A node's consent to be linked: what is asked, and what it signed. */
public final class LinkView {

  private static final Duration LONGEST = Duration.ofDays(30);

  private LinkView() {}

  /**
   * What an operator asks the node to sign.
   *
   * @param owner who may link
   * @param licence which licence
   * @param deadline until when, whole seconds
   */
  public record Wish(EvmAddress owner, LicenceId licence, Instant deadline) {}

  /** Reads a wish; every mistake is a problem that names the field. */
  public static Wish read(byte[] body, Instant now) {
    JsonNode wish = Bodies.object(body);
    return new Wish(
        address(Bodies.text(wish, "owner")),
        ClaimView.licence(Bodies.text(wish, "licence"))
            .orElseThrow(() -> RestError.BAD_REQUEST.because("licence has to be like ND-7.")),
        deadline(Bodies.text(wish, "deadline"), now));
  }

  /** The authorisation and its signature as JSON. */
  public static ObjectNode of(LinkAuthorisation authorisation, Bytes32 digest, byte[] signature) {
    ObjectNode view = Values.object();
    ObjectNode signed = view.putObject("authorisation");
    signed.put("owner", Values.address(authorisation.owner()));
    signed.put("licence", authorisation.licence().toString());
    signed.put("licenceType", authorisation.licence().type().code());
    signed.put("licenceNumber", Long.toString(authorisation.licence().number()));
    signed.put("node", Values.address(authorisation.node()));
    signed.put("nonce", authorisation.nonce().toString());
    signed.put("deadline", Values.time(authorisation.deadline()));
    view.put("digest", digest.toHex());
    view.put("signature", Values.hex(signature));
    return view;
  }

  private static EvmAddress address(String text) {
    try {
      return EvmAddress.parse(text);
    } catch (IllegalArgumentException e) {
      throw RestError.BAD_REQUEST.because("owner has to be 0x and 40 hexadecimal digits.");
    }
  }

  private static Instant deadline(String text, Instant now) {
    Instant deadline;
    try {
      deadline = Instant.parse(text).truncatedTo(ChronoUnit.SECONDS);
    } catch (DateTimeException e) {
      throw RestError.BAD_REQUEST.because("deadline has to be a time such as " + now + ".");
    }
    if (!deadline.isAfter(now) || deadline.isAfter(now.plus(LONGEST))) {
      throw RestError.BAD_REQUEST.because("deadline has to lie within the next 30 days.");
    }
    return deadline;
  }
}
