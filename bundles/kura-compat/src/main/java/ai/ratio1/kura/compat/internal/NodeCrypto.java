package ai.ratio1.kura.compat.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.crypto.CryptoService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Secrets of configurations, in Kura's text form: Base64 of twelve bytes of nonce, a dash, Base64
 * of what AES-GCM made. The key is this node's own, in {@code <r1.data>/kura-compat/key}: nobody
 * else's default.
 */
@Component(name = "ai.ratio1.kura.compat.crypto")
public final class NodeCrypto implements CryptoService {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** What an operator can type, and far more. */
  private static final int LONGEST = 1 << 16;

  private static final FileAttribute<Set<PosixFilePermission>> FOR_OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final SecureRandom random = new SecureRandom();
  private final SecretKeySpec key;

  /**
   * Reads the key, or makes it.
   *
   * @throws IOException if it can be neither read nor written
   */
  @Activate
  public NodeCrypto(BundleContext context) throws IOException {
    this(FrameworkFolder.of(context, "r1.data"));
  }

  NodeCrypto(Path data) throws IOException {
    key = new SecretKeySpec(key(data.resolve("kura-compat").resolve("key")), "AES");
  }

  private byte[] key(Path file) throws IOException {
    if (Files.exists(file)) {
      byte[] held = Files.readAllBytes(file);
      if (held.length != KEY_BYTES) {
        throw new IOException(file + " is no key; put back the one the secrets were made with");
      }
      return held;
    }
    byte[] made = new byte[KEY_BYTES];
    random.nextBytes(made);
    write(file, made);
    return made;
  }

  /** All or nothing. Not by the storage bundle, for that is what packages for a gateway bring. */
  private static void write(Path file, byte[] content) throws IOException {
    Path folder = Files.createDirectories(Objects.requireNonNull(file.getParent()), FOR_OWNER);
    Path part = Files.createTempFile(folder, ".key", ".part");
    try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content));
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public char[] encryptAes(char[] value) throws KuraException {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain = bytes(value);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
      Base64.Encoder text = Base64.getEncoder();
      return (text.encodeToString(nonce) + "-" + text.encodeToString(sealed)).toCharArray();
    } catch (GeneralSecurityException e) {
      throw new KuraException(KuraErrorCode.ENCODE_ERROR, e, "secret");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public char[] decryptAes(char[] encryptedValue) throws KuraException {
    String text = new String(encryptedValue);
    int dash = text.indexOf('-');
    if (dash < 0 || text.length() > LONGEST) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, "no encrypted value");
    }
    try {
      Base64.Decoder decoder = Base64.getDecoder();
      byte[] nonce = decoder.decode(text.substring(0, dash));
      byte[] sealed = decoder.decode(text.substring(dash + 1));
      if (nonce.length != NONCE_BYTES || sealed.length < TAG_BITS / Byte.SIZE) {
        throw new KuraException(KuraErrorCode.DECODER_ERROR, "no encrypted value");
      }
      return chars(cipher(Cipher.DECRYPT_MODE, nonce).doFinal(sealed));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KuraException(KuraErrorCode.DECODER_ERROR, e, "not encrypted by this node");
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }

  private static byte[] bytes(char[] value) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(value));
    byte[] bytes = new byte[encoded.remaining()];
    encoded.get(bytes);
    return bytes;
  }

  private static char[] chars(byte[] value) {
    CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(value));
    char[] chars = new char[decoded.remaining()];
    decoded.get(chars);
    return chars;
  }
}
