package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A form. */
@ProviderType
public interface OCD {

  /** Its attributes. */
  List<AD> getAD();

  /** Its icons. */
  List<Icon> getIcon();

  /** What people call it. */
  String getName();

  /** What it is for. */
  String getDescription();

  /** Its identifier. */
  String getId();
}
