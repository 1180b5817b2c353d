package org.eclipse.kura.configuration.metatype;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** One attribute of a form. */
@ProviderType
public interface AD {

  /** All that it may be; empty when anything goes. */
  List<Option> getOption();

  /** Its name in a configuration. */
  String getId();

  /** What people call it. */
  String getName();

  /** What it is for. */
  String getDescription();

  /** What kind of value it has. */
  Scalar getType();

  /** 0 for one value, else how many; negative for a vector. */
  int getCardinality();

  /** The smallest value, when there is one. */
  @Nullable String getMin();

  /** The greatest value, when there is one. */
  @Nullable String getMax();

  /** The value proposed, when there is one. */
  @Nullable String getDefault();

  /** Whether there has to be a value. */
  boolean isRequired();
}
