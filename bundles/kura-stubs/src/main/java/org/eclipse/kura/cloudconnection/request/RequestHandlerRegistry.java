package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraException;
import org.osgi.annotation.versioning.ProviderType;

/** Knows who answers which requests. */
@ProviderType
public interface RequestHandlerRegistry {

  /** Sends the requests for an application to a handler. */
  void registerRequestHandler(String id, RequestHandler handler) throws KuraException;

  /** Sends them to nobody any more. */
  void unregister(String id) throws KuraException;
}
