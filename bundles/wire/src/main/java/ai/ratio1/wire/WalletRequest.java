package ai.ratio1.wire;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.evm.Eip55;
import ai.ratio1.wire.evm.PersonalMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Objects that carry an EVM signature over their own text, as wallets make them (protocol dossier,
 * section 2.5, "payload").
 *
 * @param prefix the sentence a wallet shows before the object
 * @param indent blanks a level, 0 for one line
 * @param hashed whether the Keccak-256 of the text is signed (nodes) or the text itself (wallets)
 */
public record WalletRequest(String prefix, int indent, boolean hashed) {

  /** The text under the signature; the two EVM fields are not part of it. */
  public String text(ObjectNode request) {
    ObjectNode bare = request.deepCopy();
    bare.remove(SignedMessage.ETH_SIGN);
    bare.remove(SignedMessage.ETH_SENDER);
    return prefix + CanonicalJson.indented(bare, indent);
  }

  /**
   * Signs: adds or replaces the two EVM fields.
   *
   * @return {@code request} itself
   */
  public ObjectNode sign(ObjectNode request, NodeIdentity signer) {
    byte[] signature = signer.signRecoverable(digest(request));
    request.put(SignedMessage.ETH_SIGN, "0x" + HexFormat.of().formatHex(signature));
    return request.put(SignedMessage.ETH_SENDER, Eip55.format(signer.evmAddress()));
  }

  /**
   * Checks a request. A contract wallet cannot be checked here: ask its contract with {@link
   * #digest}.
   *
   * @return who signed; empty when that is not the sender it names, or a field is missing
   */
  public Optional<EvmAddress> verify(ObjectNode request, Signatures signatures) {
    try {
      EvmAddress sender = EvmAddress.parse(field(request, SignedMessage.ETH_SENDER));
      String hex = field(request, SignedMessage.ETH_SIGN);
      byte[] signature = HexFormat.of().parseHex(hex.startsWith("0x") ? hex.substring(2) : hex);
      return signatures.recover(digest(request), signature).filter(sender::equals);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The personal-message digest of {@link #text}. */
  public Bytes32 digest(ObjectNode request) {
    String text = text(request);
    return hashed ? PersonalMessage.digestOfHashedText(text) : PersonalMessage.digestOfText(text);
  }

  private static String field(ObjectNode request, String name) {
    JsonNode field = request.get(name);
    return field == null ? "" : field.asText();
  }
}
