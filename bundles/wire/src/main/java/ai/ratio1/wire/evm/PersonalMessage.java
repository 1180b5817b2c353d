package ai.ratio1.wire.evm;

import ai.ratio1.base.Bytes32;
import java.nio.charset.StandardCharsets;

/** Personal messages (EIP-191, version 0x45): what wallets sign when they sign a text. */
public final class PersonalMessage {

  private static final byte[] PREFIX =
      "\u0019Ethereum Signed Message:\n".getBytes(StandardCharsets.UTF_8);

  private PersonalMessage() {}

  /** The digest that is signed for a body of any length. */
  public static Bytes32 digest(byte[] body) {
    byte[] length = Integer.toString(body.length).getBytes(StandardCharsets.US_ASCII);
    return Keccak256.of(PREFIX, length, body);
  }

  /** The digest a wallet signs when it shows {@code text}. */
  public static Bytes32 digestOfText(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The digest genuine nodes sign for {@code text}: its body is the Keccak-256 of the text. */
  public static Bytes32 digestOfHashedText(String text) {
    return digest(Keccak256.of(text.getBytes(StandardCharsets.UTF_8)).toArray());
  }
}
