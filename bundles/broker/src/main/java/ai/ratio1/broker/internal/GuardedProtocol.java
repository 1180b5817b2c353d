package ai.ratio1.broker.internal;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.BaseInterceptor;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolHandler;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManager;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTRoutingHandler;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyServerConnection;
import org.apache.activemq.artemis.spi.core.protocol.ConnectionEntry;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManager;
import org.apache.activemq.artemis.spi.core.protocol.ProtocolManagerFactory;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.apache.activemq.artemis.spi.core.remoting.Connection;

/**
 * Delegates to the engine's MQTT module and sets a size limit and a gate between its decoder and
 * its handler. Its class cannot be extended outside its package.
 */
final class GuardedProtocol implements ProtocolManager<MQTTInterceptor, MQTTRoutingHandler> {

  private final MQTTProtocolManager engine;
  private final Policy policy;

  GuardedProtocol(MQTTProtocolManager engine, Policy policy) {
    this.engine = engine;
    this.policy = policy;
  }

  @Override
  public void addChannelHandlers(ChannelPipeline pipeline) {
    engine.addChannelHandlers(pipeline);
    pipeline.replace(
        MqttDecoder.class,
        "opening-decoder",
        new MqttDecoder(ConnectGate.OPENING_LIMIT, ConnectGate.LONGEST_CLIENT_ID));
    String handler = pipeline.context(MQTTProtocolHandler.class).name();
    pipeline.addBefore(handler, "connect-gate", new ConnectGate(policy));
  }

  /** Everything that reaches the engine's port detection is MQTT: the front saw to it. */
  @Override
  public boolean isProtocol(byte[] opening) {
    return true;
  }

  @Override
  @SuppressWarnings("unchecked") // as the engine declares it
  public ProtocolManagerFactory<MQTTInterceptor> getFactory() {
    return engine.getFactory();
  }

  @Override
  @SuppressWarnings("rawtypes") // as the engine declares it
  public void updateInterceptors(List<BaseInterceptor> incoming, List<BaseInterceptor> outgoing) {
    engine.updateInterceptors(incoming, outgoing);
  }

  @Override
  public ConnectionEntry createConnectionEntry(Acceptor acceptor, Connection connection) {
    return engine.createConnectionEntry(acceptor, connection);
  }

  @Override
  public void handleBuffer(RemotingConnection connection, ActiveMQBuffer buffer) {
    engine.handleBuffer(connection, buffer);
  }

  @Override
  public boolean acceptsNoHandshake() {
    return engine.acceptsNoHandshake();
  }

  @Override
  public void handshake(NettyServerConnection connection, ActiveMQBuffer buffer) {
    engine.handshake(connection, buffer);
  }

  @Override
  public List<String> websocketSubprotocolIdentifiers() {
    return engine.websocketSubprotocolIdentifiers();
  }

  @Override
  public void setAnycastPrefix(String prefix) {
    engine.setAnycastPrefix(prefix);
  }

  @Override
  public void setMulticastPrefix(String prefix) {
    engine.setMulticastPrefix(prefix);
  }

  @Override
  public Map<SimpleString, RoutingType> getPrefixes() {
    return engine.getPrefixes();
  }

  @Override
  public void setSecurityDomain(String domain) {
    engine.setSecurityDomain(domain);
  }

  @Override
  public String getSecurityDomain() {
    return engine.getSecurityDomain();
  }

  @Override
  public MQTTRoutingHandler getRoutingHandler() {
    return engine.getRoutingHandler();
  }
}
