/** What others may add to the web admin. */
@Export
@Version("1.0.0")
@NullMarked
package org.eclipse.kura.web.api;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
