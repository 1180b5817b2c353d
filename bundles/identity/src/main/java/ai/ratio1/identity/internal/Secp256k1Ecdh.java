package ai.ratio1.identity.internal;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The ECDH module of libsecp256k1, which some builds leave out: then loading this class fails with
 * a {@link LinkageError}.
 */
final class Secp256k1Ecdh {

  static {
    Native.register(Secp256k1Ecdh.class, Secp256k1.library());
  }

  private Secp256k1Ecdh() {}

  /** Makes the secret out of the coordinates of the shared point. */
  interface SharedPoint extends Callback {
    int invoke(Pointer output, Pointer x, Pointer y, @Nullable Pointer data);
  }

  static native int secp256k1_ecdh(
      Pointer context,
      byte[] output,
      byte[] key,
      byte[] secret,
      SharedPoint hash,
      @Nullable Pointer data);
}
