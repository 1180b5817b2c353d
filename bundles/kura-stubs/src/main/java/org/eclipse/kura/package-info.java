/** Failures of Kura's services. */
@Export
@Version("1.6.0")
@NullMarked
package org.eclipse.kura;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
