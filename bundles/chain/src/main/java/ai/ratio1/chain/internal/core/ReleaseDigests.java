package ai.ratio1.chain.internal.core;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Release;
import ai.ratio1.chain.ReleaseAct;
import ai.ratio1.wire.evm.AbiWords;
import ai.ratio1.wire.evm.Eip712;

/** What maintainers sign. The release registry computes the same. */
public final class ReleaseDigests {

  private static final Bytes32 DOMAIN =
      Eip712.typeHash(
          "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract,"
              + "bytes32 salt)");
  private static final Bytes32 RELEASE =
      Eip712.typeHash(
          "Release(bytes32 channel,uint64 version,bytes32 manifestSha256,bytes32 cidDigest,"
              + "uint64 floor,uint64 notBefore,uint64 expires,uint16 rolloutBps,"
              + "uint64 signersVersion,uint64 deadline)");
  private static final Bytes32 PAUSE =
      Eip712.typeHash(
          "Pause(bytes32 channel,bool paused,uint56 nonce,uint64 signersVersion,uint64 deadline)");
  private static final Bytes32 REVOCATION =
      Eip712.typeHash(
          "Revocation(bytes32 channel,uint64 version,bytes32 manifestSha256,"
              + "uint64 signersVersion,uint64 deadline)");
  private static final Bytes32 ROLLOUT =
      Eip712.typeHash(
          "Rollout(bytes32 channel,uint64 version,bytes32 manifestSha256,uint16 rolloutBps,"
              + "uint64 signersVersion,uint64 deadline)");

  private ReleaseDigests() {}

  /** The domain of a registry, whose salt is the fleet. */
  public static Bytes32 domain(long chainId, EvmAddress registry, Bytes32 fleet) {
    return new AbiWords()
        .bytes32(DOMAIN)
        .bytes32(Eip712.text("Ratio1Appliance"))
        .bytes32(Eip712.text("1"))
        .uint(chainId)
        .address(registry)
        .bytes32(fleet)
        .hash();
  }

  /**
   * Hash of an approval.
   *
   * @param signersVersion the present set of maintainers
   */
  public static Bytes32 approval(ReleaseAct.Approval act, long signersVersion) {
    Release release = act.release();
    AbiWords words =
        begin(RELEASE, act)
            .uint(release.version())
            .bytes32(release.manifestSha256())
            .bytes32(release.cidDigest())
            .uint(release.floor())
            .uint(release.notBefore().getEpochSecond())
            .uint(release.expires().getEpochSecond())
            .uint(release.rolloutBps());
    return end(words, act, signersVersion);
  }

  /**
   * Hash of a pause or of its end.
   *
   * @param paused what the channel is to be
   * @param nonce how many pauses and resumptions the channel had
   */
  public static Bytes32 pause(ReleaseAct act, boolean paused, long nonce, long signersVersion) {
    return end(begin(PAUSE, act).uint(paused ? 1 : 0).uint(nonce), act, signersVersion);
  }

  /**
   * Hash of a revocation.
   *
   * @param manifest SHA-256 of the release's manifest
   */
  public static Bytes32 revocation(
      ReleaseAct.Revocation act, Bytes32 manifest, long signersVersion) {
    AbiWords words = begin(REVOCATION, act).uint(act.version()).bytes32(manifest);
    return end(words, act, signersVersion);
  }

  /**
   * Hash of a larger share.
   *
   * @param manifest SHA-256 of the release's manifest
   */
  public static Bytes32 rollout(ReleaseAct.Rollout act, Bytes32 manifest, long signersVersion) {
    AbiWords words =
        begin(ROLLOUT, act).uint(act.version()).bytes32(manifest).uint(act.rolloutBps());
    return end(words, act, signersVersion);
  }

  private static AbiWords begin(Bytes32 type, ReleaseAct act) {
    return new AbiWords().bytes32(type).bytes32(Eip712.text(act.channel()));
  }

  private static Bytes32 end(AbiWords words, ReleaseAct act, long signersVersion) {
    return words.uint(signersVersion).uint(act.deadline().getEpochSecond()).hash();
  }
}
