/** EVM encodings: Keccak-256, ABI words, EIP-55 addresses, EIP-712 digests, Merkle trees. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.wire.evm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
