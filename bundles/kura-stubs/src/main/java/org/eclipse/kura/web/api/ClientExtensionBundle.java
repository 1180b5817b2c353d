package org.eclipse.kura.web.api;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A script that the web admin loads. */
@ConsumerType
public interface ClientExtensionBundle {

  /** Texts that are handed to the script. */
  Map<String, String> getProperties();

  /** Where the script is, as the browser asks for it. */
  String getEntryPointUrl();

  /** Kinds of log-in that the script offers. */
  Set<String> getProvidedAuthenticationMethods();
}
