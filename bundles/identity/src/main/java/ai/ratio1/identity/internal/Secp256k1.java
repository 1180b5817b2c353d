package ai.ratio1.identity.internal;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libsecp256k1 with its recovery module, by their C names so that the library's
 * manual applies. Direct mapping is as fast as handwritten JNI. Opaque structures travel as byte
 * arrays of the sizes below.
 *
 * <p>Loading this class fails with a {@link LinkageError} when the library or JNA is missing.
 */
final class Secp256k1 {

  static final int PUBLIC_KEY = 64;
  static final int SIGNATURE = 64;
  static final int RECOVERABLE_SIGNATURE = 65;
  static final int SIGN_AND_VERIFY = 0x301;
  static final int COMPRESSED = 0x102;
  static final int UNCOMPRESSED = 0x2;

  static {
    Native.register(Secp256k1.class, library());
  }

  private Secp256k1() {}

  /** Called instead of abort() when an argument breaks the library's contract. */
  interface IllegalArgument extends Callback {
    void invoke(String message, @Nullable Pointer data);
  }

  static NativeLibrary library() {
    return NativeLibrary.getInstance("secp256k1");
  }

  static native Pointer secp256k1_context_create(int flags);

  static native void secp256k1_context_destroy(Pointer context);

  static native int secp256k1_context_randomize(Pointer context, byte[] seed);

  static native void secp256k1_context_set_illegal_callback(
      Pointer context, IllegalArgument callback, @Nullable Pointer data);

  static native int secp256k1_ec_pubkey_parse(
      Pointer context, byte[] key, byte[] input, NativeLong length);

  static native int secp256k1_ec_pubkey_serialize(
      Pointer context, byte[] output, long[] length, byte[] key, int flags);

  static native int secp256k1_ec_pubkey_create(Pointer context, byte[] key, byte[] secret);

  static native int secp256k1_ecdsa_signature_parse_compact(
      Pointer context, byte[] signature, byte[] input);

  static native int secp256k1_ecdsa_signature_normalize(
      Pointer context, byte[] output, byte[] input);

  static native int secp256k1_ecdsa_verify(
      Pointer context, byte[] signature, byte[] digest, byte[] key);

  static native int secp256k1_ecdsa_sign_recoverable(
      Pointer context,
      byte[] signature,
      byte[] digest,
      byte[] secret,
      @Nullable Pointer nonce,
      @Nullable Pointer data);

  static native int secp256k1_ecdsa_recoverable_signature_serialize_compact(
      Pointer context, byte[] output, int[] recoveryId, byte[] signature);

  static native int secp256k1_ecdsa_recoverable_signature_parse_compact(
      Pointer context, byte[] signature, byte[] input, int recoveryId);

  static native int secp256k1_ecdsa_recover(
      Pointer context, byte[] key, byte[] signature, byte[] digest);
}
