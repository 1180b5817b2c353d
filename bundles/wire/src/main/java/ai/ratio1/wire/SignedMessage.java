package ai.ratio1.wire;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.R1Exception;
import ai.ratio1.identity.NodeAddress;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.wire.evm.Eip55;
import ai.ratio1.wire.evm.Keccak256;
import ai.ratio1.wire.evm.PersonalMessage;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages signed as genuine peers sign them (protocol dossier, sections 2.1 to 2.4).
 *
 * <p>Surprises: the value under the ECDSA signature is the SHA-256 of the SHA-256 of the canonical
 * text; the EVM fields are not covered; nothing here knows of time, so a valid message may be a
 * replay.
 */
public final class SignedMessage {

  /** Field with the signer's address. */
  public static final String SENDER = "EE_SENDER";

  /** Field with the lower-case hex SHA-256 of the canonical text. */
  public static final String HASH = "EE_HASH";

  /** Field with the DER signature in padded URL-safe base64. */
  public static final String SIGN = "EE_SIGN";

  /** Field with the label of the canonical rules. */
  public static final String CANON = "SIGN_CANON_V";

  /** Field with the signer's EVM address; not covered by the signature. */
  public static final String ETH_SENDER = "EE_ETH_SENDER";

  /** Field with an EVM signature or {@link #NO_ETH_SIGN}; not covered by the signature. */
  public static final String ETH_SIGN = "EE_ETH_SIGN";

  /** What stands for an absent EVM signature. */
  public static final String NO_ETH_SIGN = "0xBEEF";

  private static final String LABEL = "v2";
  private static final String LEGACY_LABEL = "v1";

  private SignedMessage() {}

  /**
   * Signs with the rules v2: adds or replaces all six fields.
   *
   * @return {@code message} itself
   * @throws R1Exception R1-WIRE-006 when the message has no canonical text
   */
  public static ObjectNode sign(ObjectNode message, NodeIdentity signer) {
    message.put(CANON, LABEL);
    byte[] hash = CanonicalJson.hash(message, CanonVersion.V2);
    byte[] signature = signer.sign(Bytes32.of(CanonicalJson.sha256().digest(hash)));
    message.put(SIGN, Base64.getUrlEncoder().encodeToString(signature));
    message.put(SENDER, signer.address().text());
    message.put(ETH_SENDER, Eip55.format(signer.evmAddress()));
    message.put(ETH_SIGN, NO_ETH_SIGN);
    message.put(HASH, HexFormat.of().formatHex(hash));
    return message;
  }

  /**
   * Signs like {@link #sign} and adds a personal-message signature over the Keccak-256 of the
   * canonical text, which a contract or wallet can check.
   *
   * @return {@code message} itself
   */
  public static ObjectNode signForEvm(ObjectNode message, NodeIdentity signer) {
    sign(message, signer);
    String text = CanonicalJson.signedText(message, CanonVersion.V2);
    Bytes32 body = Keccak256.of(text.getBytes(StandardCharsets.UTF_8));
    byte[] signature = signer.signRecoverable(PersonalMessage.digest(body.toArray()));
    return message.put(ETH_SIGN, "0x" + HexFormat.of().formatHex(signature));
  }

  /**
   * Checks a received message. Never throws on hostile content.
   *
   * @param message as it was parsed, with every field
   */
  public static Verdict verify(ObjectNode message, Signatures signatures) {
    String sender = text(message.get(SENDER));
    if (sender == null) {
      return invalid(WireError.SENDER_MISSING, "Sender address is NULL");
    }
    String sign = text(message.get(SIGN));
    if (sign == null) {
      return invalid(WireError.SIGNATURE_MISSING, "Signature is NULL");
    }
    LenientBase64.Decoded signature = LenientBase64.decode(sign);
    if (signature.failed()) {
      return invalid(WireError.SIGNATURE_UNREADABLE, signature.error());
    }
    Optional<NodeAddress> address = address(sender, signatures);
    if (address.isEmpty()) {
      return invalid(WireError.SENDER_UNREADABLE, "Invalid EC key.");
    }
    try {
      return verify(message, address.get(), signature.bytes(), signatures);
    } catch (R1Exception e) {
      return new Verdict.Invalid(e.code(), String.valueOf(e.getMessage()));
    }
  }

  private static Verdict verify(
      ObjectNode message, NodeAddress sender, byte[] signature, Signatures signatures) {
    JsonNode label = message.get(CANON);
    if (label == null || label.isNull()) {
      Verdict verdict = verify(message, CanonVersion.UNVERSIONED, sender, signature, signatures);
      return verdict.isValid()
          ? verdict
          : verify(message, CanonVersion.V1, sender, signature, signatures);
    }
    if (LABEL.equals(label.textValue())) {
      return verify(message, CanonVersion.V2, sender, signature, signatures);
    }
    if (LEGACY_LABEL.equals(label.textValue())) {
      return verify(message, CanonVersion.V1, sender, signature, signatures);
    }
    return invalid(WireError.UNKNOWN_CANON, "Unknown signing canon version: " + label.asText("?"));
  }

  private static Verdict verify(
      ObjectNode message,
      CanonVersion version,
      NodeAddress sender,
      byte[] signature,
      Signatures signatures) {
    byte[] hash = CanonicalJson.hash(message, version);
    JsonNode declared = message.get(HASH);
    byte[] digest = hash;
    if (declared != null && !declared.isNull() && !declared.asText("?").isEmpty()) {
      if (!HexFormat.of().formatHex(hash).equals(declared.textValue())) {
        return invalid(WireError.DIGEST_MISMATCH, "Corrupted digest!");
      }
      digest = CanonicalJson.sha256().digest(hash);
    }
    return signatures.verify(sender, Bytes32.of(digest), signature)
        ? new Verdict.Valid(sender)
        : invalid(WireError.SIGNATURE_INVALID, "InvalidSignature");
  }

  private static Optional<NodeAddress> address(String sender, Signatures signatures) {
    return signatures.parse(sender);
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : node.textValue();
  }

  private static Verdict invalid(WireError error, String reason) {
    return new Verdict.Invalid(error.code(), reason);
  }
}
