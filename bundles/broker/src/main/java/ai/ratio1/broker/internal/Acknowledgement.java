package ai.ratio1.broker.internal;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;

/** Answers to a PUBLISH that the engine does not get to see. */
final class Acknowledgement {

  /** Reason code of MQTT 5; earlier versions carry none. */
  static final byte NOT_AUTHORISED = (byte) 0x87;

  private Acknowledgement() {}

  static MqttMessage of(MqttQoS quality, int packetId, byte reason) {
    MqttMessageType type =
        quality == MqttQoS.AT_LEAST_ONCE ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
    return new MqttMessage(
        new MqttFixedHeader(type, false, MqttQoS.AT_MOST_ONCE, false, 0),
        new MqttPubReplyMessageVariableHeader(packetId, reason, MqttProperties.NO_PROPERTIES));
  }
}
