package ai.ratio1.settings;

import ai.ratio1.base.R1Exception;
import java.util.Map;

/**
 * Which components were given a configuration that they do not use: what {@link Configured} tells,
 * and faces show. A service of this bundle; thread-safe.
 */
public interface Refusals {

  /** A configuration was refused. */
  void refused(String pid, R1Exception why);

  /** A configuration was taken: whatever was refused before is history. */
  void taken(String pid);

  /** By PID, why the newest configuration of it is not used. */
  Map<String, R1Exception> now();
}
