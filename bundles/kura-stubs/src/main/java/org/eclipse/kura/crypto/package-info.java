/** Encryption of what operators keep secret. */
@Export
@Version("1.3.0")
@NullMarked
package org.eclipse.kura.crypto;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
