package org.eclipse.kura.configuration.metatype;

import org.osgi.annotation.versioning.ProviderType;

/** One of the values an attribute may have. */
@ProviderType
public interface Option {

  /** What people see. */
  String getLabel();

  /** What the configuration has. */
  String getValue();
}
