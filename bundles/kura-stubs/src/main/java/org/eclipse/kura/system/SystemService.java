package org.eclipse.kura.system;

import org.osgi.annotation.versioning.ProviderType;

/** What the gateway knows of itself. */
@ProviderType
public interface SystemService {

  /** Version of Kura, such as {@code KURA_5.6.0}. */
  String getKuraVersion();

  /** The folder in which state survives a start, as a path. */
  String getKuraDataDirectory();

  /** Name of the device. */
  String getDeviceName();

  /** Model of the device. */
  String getModelName();

  /** Architecture of the system, such as {@code amd64}. */
  String getOsArch();
}
