package ai.ratio1.client;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.LicenceId;
import ai.ratio1.chain.LinkAuthorisation;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;

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
  public record Consent(LinkAuthorisation authorisation, byte[] signature) {}

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
}
