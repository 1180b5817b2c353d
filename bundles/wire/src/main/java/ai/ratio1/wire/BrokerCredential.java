package ai.ratio1.wire;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who may use a network's broker. The user name is a node address; the password follows from a
 * secret that the broker and the oracles share, so that no list of accounts has to be kept.
 */
public final class BrokerCredential {

  /** What the holder may do at the broker. */
  public enum Role {
    /** Publishes beats. */
    NODE("node"),
    /** Sends commands and reads answers. */
    CLIENT("client"),
    /** Does what a node does, and takes part in the agreement. */
    ORACLE("oracle");

    private final String label;

    Role(String label) {
      this.label = label;
    }

    /** The name that goes into the password. */
    public String label() {
      return label;
    }
  }

  private static final String ALGORITHM = "HmacSHA256";
  private static final int LONGEST_USER = 256;

  private BrokerCredential() {}

  /**
   * The password: base64url, without padding, of HMAC-SHA-256(secret, role ":" user).
   *
   * @param secret at least 16 bytes
   * @param user the node address text
   */
  public static String password(byte[] secret, Role role, String user) {
    if (secret.length < 16) {
      throw new IllegalArgumentException("the broker's secret has less than 16 bytes");
    }
    byte[] mac = hmac(secret, role.label() + ":" + user);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  /**
   * Checks a password against every role, in constant time for each.
   *
   * @return the role it belongs to; empty when it belongs to none
   */
  public static Optional<Role> check(byte[] secret, String user, String password) {
    if (user.length() > LONGEST_USER || password.length() > LONGEST_USER) {
      return Optional.empty();
    }
    byte[] given = password.getBytes(StandardCharsets.UTF_8);
    Optional<Role> match = Optional.empty();
    for (Role role : Role.values()) {
      byte[] expected = password(secret, role, user).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(expected, given)) {
        match = Optional.of(role);
      }
    }
    return match;
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
    }
  }
}
