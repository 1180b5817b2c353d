package ai.ratio1.broker.internal;

import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.server.ActiveMQComponent;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.AbstractProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;

/** The engine's MQTT module with our gates in its pipelines. */
final class GuardedProtocolFactory extends AbstractProtocolManagerFactory<MQTTInterceptor> {

  private final MQTTProtocolManagerFactory engine = new MQTTProtocolManagerFactory();
  private final Policy policy;

  GuardedProtocolFactory(Policy policy) {
    this.policy = policy;
  }

  @Override
  @SuppressWarnings("rawtypes") // as the engine declares it
  public ProtocolManager createProtocolManager(
      ActiveMQServer server,
      Map<String, Object> parameters,
      List<BaseInterceptor> incoming,
      List<BaseInterceptor> outgoing)
      throws Exception {
    MQTTProtocolManager mqtt =
        (MQTTProtocolManager) engine.createProtocolManager(server, parameters, incoming, outgoing);
    mqtt.setMaximumPacketSize(policy.settings().packetLimit());
    mqtt.setTopicAliasMaximum(0);
    mqtt.setDefaultMaximumInFlightPublishMessages(policy.settings().inFlight());
    mqtt.setDefaultMqttSessionExpiryInterval((int) policy.settings().sessionExpiry().toSeconds());
    mqtt.setCloseMqttConnectionOnPublishAuthorizationFailure(false);
    return new GuardedProtocol(mqtt, policy);
  }

  @Override
  @SuppressWarnings("rawtypes") // as the engine declares it
  public List<MQTTInterceptor> filterInterceptors(List<BaseInterceptor> interceptors) {
    return engine.filterInterceptors(interceptors);
  }

  @Override
  public String[] getProtocols() {
    return engine.getProtocols();
  }

  @Override
  public String getModuleName() {
    return engine.getModuleName();
  }

  @Override
  public void loadProtocolServices(ActiveMQServer server, List<ActiveMQComponent> services) {
    engine.loadProtocolServices(server, services);
  }
}
