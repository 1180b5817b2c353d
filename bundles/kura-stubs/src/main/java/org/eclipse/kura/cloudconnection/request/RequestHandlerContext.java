package org.eclipse.kura.cloudconnection.request;

import org.osgi.annotation.versioning.ProviderType;

/** Where a request came from. */
@ProviderType
public class RequestHandlerContext {}
