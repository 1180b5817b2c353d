/** What messages carry. */
@Export
@Version("1.4.0")
@NullMarked
package org.eclipse.kura.message;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
