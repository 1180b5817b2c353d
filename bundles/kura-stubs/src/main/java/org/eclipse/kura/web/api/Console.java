package org.eclipse.kura.web.api;

import javax.servlet.Servlet;
import javax.servlet.ServletException;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.service.http.NamespaceException;

/** The web admin of Kura 5. */
@ProviderType
public interface Console {

  /** Lets the web admin load a script once an operator has logged in. */
  void registerConsoleExtensionBundle(ClientExtensionBundle extension);

  /** Takes that back. */
  void unregisterConsoleExtensionBundle(ClientExtensionBundle extension);

  /** Serves a path to those alone who have logged in. */
  void registerSecuredServlet(String path, Servlet servlet)
      throws NamespaceException, ServletException;

  /** Serves a path no more. */
  void unregisterServlet(String path) throws NamespaceException, ServletException;
}
