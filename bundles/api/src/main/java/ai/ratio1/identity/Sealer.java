package ai.ratio1.identity;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Encrypts texts for peers and decrypts what peers sent to this node, in the genuine formats
 * (protocol dossier, section 2.6: ECDH on secp256k1, HKDF-SHA-256, AES-256-GCM). Thread-safe.
 */
@ProviderType
public interface Sealer {

  /**
   * Seals a text for one receiver (single form).
   *
   * @param plainText at most 2 MiB of UTF-8
   * @return standard base64
   */
  String seal(String plainText, NodeAddress receiver);

  /**
   * Seals a text for several receivers (multi form, also for a list of one).
   *
   * @param plainText at most 2 MiB of UTF-8
   * @param receivers at least one
   * @return standard base64
   */
  String seal(String plainText, List<NodeAddress> receivers);

  /**
   * Opens a sealed text of either form.
   *
   * @param sealed what {@code sender} produced
   * @return the text, or empty when it was not sealed for this node by that sender, was tampered
   *     with, or breaks a limit
   */
  Optional<String> open(String sealed, NodeAddress sender);
}
