package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.time.Instant;

/**
 * A release of a channel, as maintainers vouch for it.
 *
 * @param version its number in the channel, from 1, without gaps
 * @param manifestSha256 SHA-256 of the manifest
 * @param cidDigest digest in the manifest's content identifier
 * @param floor the lowest version a node may go back to once this one is active
 * @param notBefore not active before; whole seconds
 * @param expires not to be installed after; whole seconds
 * @param rolloutBps share of the nodes that may install it, 0 to 10,000
 * @param status how far it is
 */
public record Release(
    long version,
    Bytes32 manifestSha256,
    Bytes32 cidDigest,
    long floor,
    Instant notBefore,
    Instant expires,
    int rolloutBps,
    ReleaseStatus status) {}
