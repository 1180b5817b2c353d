/** Connections of the gateway to clouds. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.cloudconnection;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
