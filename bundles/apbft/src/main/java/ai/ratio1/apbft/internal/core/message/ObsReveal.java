package ai.ratio1.apbft.internal.core.message;

import ai.ratio1.base.Bytes32;
import ai.ratio1.wire.certificate.RevealHash;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/**
 * "This is what I had sealed." Sent when a quorum of commitments is held and the window is closed.
 *
 * @param header context and sender
 * @param tableHash SHA-256 of the deflated table
 * @param cid its raw CIDv1, by which it can also be fetched as a file
 * @param length bytes of the deflated table
 * @param salt what the commitment was salted with
 * @param bitmapRoot root over the sender's slot bitmaps, or zero
 */
public record ObsReveal(
    Header header, Bytes32 tableHash, Octets cid, long length, Bytes32 salt, Bytes32 bitmapRoot)
    implements Message {

  /** Length of a raw CIDv1 with SHA-256. */
  public static final int CID_LENGTH = RevealHash.CID_LENGTH;

  private static final Bytes32 TYPE =
      Struct.type(
          "ObsReveal", "bytes32 tableHash,bytes cid,uint32 length,bytes32 salt,bytes32 bitmapRoot");

  /** The raw CIDv1 of a block with this SHA-256. */
  public static Octets rawCid(Bytes32 sha256) {
    return Octets.of(RevealHash.rawCid(sha256));
  }

  /** Whether this is what was sealed. */
  public boolean opens(ObsCommit commit) {
    return commit
        .commitment()
        .equals(ObsCommit.commitment(tableHash, salt, header.oracle(), header.epoch()));
  }

  @Override
  public Kind kind() {
    return Kind.OBS_REVEAL;
  }

  @Override
  public Bytes32 digest(Bytes32 domain) {
    AbiWords words = Struct.words(TYPE, header).bytes32(tableHash).bytes32(Struct.bytes(cid));
    return Eip712.digest(domain, words.uint(length).bytes32(salt).bytes32(bitmapRoot).hash());
  }
}
