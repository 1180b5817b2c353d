package org.eclipse.kura.cloudconnection.request;

import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.osgi.annotation.versioning.ConsumerType;

/** Answers requests that reach the gateway through a cloud. */
@ConsumerType
public interface RequestHandler {

  /** Reads something. */
  default KuraMessage doGet(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  /** Creates or changes something. */
  default KuraMessage doPut(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  /** Does something to a thing. */
  default KuraMessage doPost(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  /** Deletes something. */
  default KuraMessage doDel(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }

  /** Does something. */
  default KuraMessage doExec(RequestHandlerContext context, KuraMessage request)
      throws KuraException {
    throw new KuraException(KuraErrorCode.OPERATION_NOT_SUPPORTED);
  }
}
