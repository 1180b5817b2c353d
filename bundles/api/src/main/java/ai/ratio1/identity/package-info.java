/** Who a node is: its secp256k1 key, its two addresses, signatures and sealed texts. */
@Export
@Version("1.0.0")
@NullMarked
package ai.ratio1.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
