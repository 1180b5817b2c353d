package ai.ratio1.client;

import ai.ratio1.availability.Presence;
import ai.ratio1.base.Bytes32;
import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import ai.ratio1.consensus.Dispute;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** What the operator of a node may ask of it; proved by a token that only the operator can read. */
public final class NodeOperator {

  private static final ErrorCode TOKEN = new ErrorCode("R1-CLIENT-003");

  private final NodeClient node;
  private final String token;

  private NodeOperator(NodeClient node, String token) {
    this.node = node;
    this.token = token;
  }

  /**
   * The operator of a node on this machine.
   *
   * @param data the node's data folder
   * @throws R1Exception {@code R1-CLIENT-003} when the token cannot be read
   */
  public static NodeOperator of(NodeClient node, Path data) {
    Path file = data.resolve("http").resolve("operator.token");
    try {
      return new NodeOperator(node, Files.readString(file).strip());
    } catch (IOException e) {
      throw new R1Exception(
          TOKEN,
          "The operator token " + file + " cannot be read.",
          "Run the command as the user the node runs as.",
          e);
    }
  }

  /**
   * A node's consent to be linked, and its signature.
   *
   * @param authorisation what the node consented to
   * @param signature 65 bytes r, s, v
   */
  public record Consent(LinkAuthorisation authorisation, byte[] signature) {

    /**
     * Reads what a node answered to {@code POST /v1/link-authorisations}. Whether the signature is
     * the node's, the contract checks.
     *
     * @throws IllegalArgumentException when it is no such answer
     */
    public static Consent of(JsonNode answer) {
      JsonNode given = answer.path("authorisation");
      try {
        LinkAuthorisation authorisation =
            new LinkAuthorisation(
                EvmAddress.parse(given.path("owner").asText()),
                LicenceId.parse(given.path("licence").asText()),
                EvmAddress.parse(given.path("node").asText()),
                nonce(given),
                Instant.parse(given.path("deadline").asText()));
        return new Consent(authorisation, signature(answer));
      } catch (DateTimeException e) {
        throw new IllegalArgumentException("deadline is no time", e);
      }
    }

    private static BigInteger nonce(JsonNode given) {
      String nonce = given.path("nonce").asText();
      if (!nonce.matches("\\d{1,78}")) {
        throw new IllegalArgumentException("nonce is no number");
      }
      return new BigInteger(nonce);
    }

    private static byte[] signature(JsonNode answer) {
      String signature = answer.path("signature").asText();
      if (!signature.matches("0x[0-9a-fA-F]{130}")) {
        throw new IllegalArgumentException("signature has to be 65 bytes");
      }
      return HexFormat.of().parseHex(signature.substring(2));
    }
  }

  /**
   * Asks the node to consent to a link.
   *
   * @param deadline whole seconds
   */
  public Consent consentToLink(EvmAddress owner, LicenceId licence, Instant deadline) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("owner", owner.toHex())
            .put("licence", licence.toString())
            .put("deadline", deadline.toString());
    JsonNode answer = node.post("/v1/link-authorisations", body, token);
    JsonNode given = answer.path("authorisation");
    LinkAuthorisation authorisation =
        new LinkAuthorisation(
            owner,
            licence,
            EvmAddress.parse(given.path("node").asText()),
            new BigInteger(given.path("nonce").asText()),
            deadline);
    String signature = answer.path("signature").asText();
    return new Consent(authorisation, HexFormat.of().parseHex(signature.substring(2)));
  }

  /**
   * What the node says of an epoch, its signature, and what it claims.
   *
   * @param dispute what it says
   * @param sent the slots in which the broker took its beats, if it knows
   * @param signature 65 bytes r, s, v
   */
  public record SignedDispute(Dispute dispute, Optional<Presence> sent, byte[] signature) {}

  /**
   * Asks the node to contest an epoch.
   *
   * @param agreed the byte that is contested
   * @param received digest of what oracles say they received
   */
  public SignedDispute dispute(
      long epoch, Bytes32 outcomeHash, int agreed, Bytes32 received, String reason) {
    JsonNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("epoch", epoch)
            .put("outcomeHash", outcomeHash.toHex())
            .put("agreed", agreed)
            .put("received", received.toHex())
            .put("reason", reason);
    JsonNode answer = node.post("/v1/disputes", body, token);
    Dispute dispute =
        new Dispute(
            epoch,
            EvmAddress.parse(answer.path("node").asText()),
            outcomeHash,
            agreed,
            Bytes32.parse(answer.path("claimed").asText()),
            received,
            reason,
            Instant.parse(answer.path("at").asText()));
    Optional<Presence> sent =
        answer.path("bitmap").isNull()
            ? Optional.empty()
            : Optional.of(SlotProofs.presence(answer));
    String signature = answer.path("signature").asText();
    return new SignedDispute(dispute, sent, HexFormat.of().parseHex(signature.substring(2)));
  }
}
