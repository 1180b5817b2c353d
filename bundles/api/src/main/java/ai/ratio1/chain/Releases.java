package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import ai.ratio1.base.EvmAddress;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which releases nodes may run, by channel. Reads are of the newest block; a node acts on what it
 * reads only when that block is final. May block for requests; fails as {@link Licences} does, and
 * with {@code R1-CHAIN-034} while the network has no release registry. Thread-safe.
 */
@ProviderType
public interface Releases {

  /**
   * Everything a node must know of a channel, from one block.
   *
   * @param channel its name; one that was never used is empty
   * @param node whose configuration to add
   * @param groups names of the groups whose configurations to add
   */
  ReleaseChannel channel(String channel, EvmAddress node, List<String> groups);

  /** A release of a channel; revoked ones stay. */
  Optional<Release> release(String channel, long version);

  /** Whether a node is in a release's share. Says nothing of its status; does not block. */
  boolean includes(String channel, Release release, EvmAddress node);

  /** Who signs, and how many must. */
  Maintainers maintainers();

  /** The EIP-712 digest maintainers sign now for an act. */
  Bytes32 digest(ReleaseAct act);

  /**
   * Proposes the next release of a channel.
   *
   * @param payer pays the gas; anyone may
   * @param signature 65 bytes r, s, v of a maintainer over {@link #digest}
   */
  Receipt propose(Account payer, ReleaseAct.Approval proposal, byte[] signature);

  /**
   * Adds the approval of another maintainer. The time-lock begins with that of the threshold's
   * last.
   *
   * @param payer pays the gas; anyone may
   * @param signature 65 bytes r, s, v of a maintainer over {@link #digest}
   */
  Receipt approve(Account payer, ReleaseAct.Approval approval, byte[] signature);

  /** Makes an approved release the channel's newest after its time-lock; anyone may. */
  Receipt activate(Account payer, String channel, long version);

  /**
   * Carries out what enough maintainers signed together.
   *
   * @param payer pays the gas; anyone may
   * @param act anything but an approval
   * @param signatures each 65 bytes r, s, v of another maintainer over {@link #digest}
   * @throws IllegalArgumentException for an approval, which is sent one by one
   */
  Receipt carryOut(Account payer, ReleaseAct act, List<byte[]> signatures);
}
