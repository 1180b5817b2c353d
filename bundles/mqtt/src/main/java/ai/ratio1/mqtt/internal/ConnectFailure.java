package ai.ratio1.mqtt.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.mqtt.internal.core.MqttError;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttException;

/** Finds out for the operator why there is no connection. */
final class ConnectFailure {

  private ConnectFailure() {}

  /** A coded failure; the address has no credentials in it. */
  static R1Exception explain(String broker, boolean wasConnected, Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (isRefusal(cause)) {
        return MqttError.REFUSED.because(broker + " does not accept this node's account.", failure);
      }
      if (cause instanceof SSLException || cause instanceof GeneralSecurityException) {
        return MqttError.UNTRUSTED.because(
            "No secure connection to " + broker + ": " + cause.getMessage() + ".", failure);
      }
      root = cause;
    }
    String why = root.getClass().getSimpleName() + ": " + root.getMessage() + ".";
    return wasConnected
        ? MqttError.LOST.because("The connection to " + broker + " ended. " + why, failure)
        : MqttError.UNREACHABLE.because("No connection to " + broker + ". " + why, failure);
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof MqttException mqtt
        && (mqtt.getReasonCode() == MqttException.REASON_CODE_FAILED_AUTHENTICATION
            || mqtt.getReasonCode() == MqttException.REASON_CODE_NOT_AUTHORIZED);
  }
}
