package ai.ratio1.identity.internal.core;

import org.jspecify.annotations.Nullable;

/**
 * ECDSA signatures in strict ASN.1 DER (X.690): SEQUENCE of two INTEGERs, nothing more, nothing
 * spelt in another way. One reader for all engines, so that they accept the same signatures.
 */
final class DerSignature {

  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 72;

  private DerSignature() {}

  /** Reads r and s, 64 bytes; null when the form is wrong or a value is not in [1, n). */
  static byte @Nullable [] read(byte[] der) {
    if (der.length < SHORTEST
        || der.length > LONGEST
        || der[0] != SEQUENCE
        || der[1] != der.length - 2) {
      return null;
    }
    byte[] signature = new byte[2 * Scalars.LENGTH];
    int next = readInteger(der, 2, signature, 0);
    int end = next < 0 ? -1 : readInteger(der, next, signature, Scalars.LENGTH);
    boolean valid =
        end == der.length
            && Scalars.inRange(signature, 0)
            && Scalars.inRange(signature, Scalars.LENGTH);
    return valid ? signature : null;
  }

  /** Returns the position behind the integer, or -1. */
  private static int readInteger(byte[] der, int at, byte[] out, int to) {
    if (at + 2 > der.length || der[at] != INTEGER) {
      return -1;
    }
    int from = at + 2;
    int length = der[at + 1];
    int end = from + length;
    if (length < 1 || end > der.length || der[from] < 0) {
      return -1;
    }
    if (length > 1 && der[from] == 0) {
      if (der[from + 1] >= 0) {
        return -1;
      }
      from++;
      length--;
    }
    if (length > Scalars.LENGTH) {
      return -1;
    }
    System.arraycopy(der, from, out, to + Scalars.LENGTH - length, length);
    return end;
  }

  /** Writes the first 64 bytes of a signature. */
  static byte[] write(byte[] signature) {
    byte[] r = integer(signature, 0);
    byte[] s = integer(signature, Scalars.LENGTH);
    byte[] der = new byte[2 + r.length + s.length];
    der[0] = SEQUENCE;
    der[1] = (byte) (r.length + s.length);
    System.arraycopy(r, 0, der, 2, r.length);
    System.arraycopy(s, 0, der, 2 + r.length, s.length);
    return der;
  }

  private static byte[] integer(byte[] signature, int at) {
    int from = at;
    int end = at + Scalars.LENGTH;
    while (from < end - 1 && signature[from] == 0) {
      from++;
    }
    int pad = signature[from] < 0 ? 1 : 0;
    byte[] integer = new byte[2 + pad + end - from];
    integer[0] = INTEGER;
    integer[1] = (byte) (pad + end - from);
    System.arraycopy(signature, from, integer, 2 + pad, end - from);
    return integer;
  }
}
