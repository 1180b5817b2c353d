package org.eclipse.kura.configuration.metatype;

import java.math.BigInteger;
import org.osgi.annotation.versioning.ProviderType;

/** A picture of a form. */
@ProviderType
public interface Icon {

  /** Its path in the bundle. */
  String getResource();

  /** Its width in pixels. */
  BigInteger getSize();
}
