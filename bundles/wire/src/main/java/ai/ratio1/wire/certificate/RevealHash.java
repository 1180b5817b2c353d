package ai.ratio1.wire.certificate;

import ai.ratio1.base.Bytes32;
import ai.ratio1.consensus.SignedReveal;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;
import ai.ratio1.wire.evm.Keccak256;
import java.util.Arrays;

/** What an oracle signs when it reveals its table (consensus.md, section 3: ObsReveal). */
public final class RevealHash {

  /** Length of a raw CIDv1 with SHA-256. */
  public static final int CID_LENGTH = 36;

  private static final Bytes32 REVEAL =
      Eip712.typeHash(
          "ObsReveal(bytes32 configDigest,uint32 epoch,address oracle,bytes32 tableHash,"
              + "bytes cid,uint32 length,bytes32 salt,bytes32 bitmapRoot)");
  private static final byte[] RAW_SHA256 = {0x01, 0x55, 0x12, 0x20};

  private RevealHash() {}

  /** The raw CIDv1 of a block with this SHA-256, in binary: how a table is found as a file. */
  public static byte[] rawCid(Bytes32 sha256) {
    byte[] cid = Arrays.copyOf(RAW_SHA256, CID_LENGTH);
    System.arraycopy(sha256.toArray(), 0, cid, RAW_SHA256.length, 32);
    return cid;
  }

  /**
   * The EIP-712 digest.
   *
   * @param domain {@link CertificateHash#domain}
   * @param configDigest that of the epoch's oracle set
   */
  public static Bytes32 digest(
      Bytes32 domain, Bytes32 configDigest, long epoch, SignedReveal reveal) {
    return Eip712.digest(
        domain,
        new AbiWords()
            .bytes32(REVEAL)
            .bytes32(configDigest)
            .uint(epoch)
            .address(reveal.oracle())
            .bytes32(reveal.tableHash())
            .bytes32(Keccak256.of(rawCid(reveal.tableHash())))
            .uint(reveal.length())
            .bytes32(reveal.salt())
            .bytes32(reveal.bitmapRoot())
            .hash());
  }
}
