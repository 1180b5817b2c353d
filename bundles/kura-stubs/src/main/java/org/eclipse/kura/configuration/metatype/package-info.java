/** The form of a component. */
@Export
@Version("1.1.0")
@NullMarked
package org.eclipse.kura.configuration.metatype;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
