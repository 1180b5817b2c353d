package ai.ratio1.broker.internal;

import io.netty.channel.Channel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An Artemis server in memory that speaks MQTT alone and owns no socket: connections are handed to
 * it ({@link #adopt}). Starting takes half a second to a second.
 */
final class Engine {

  private static final String ACCEPTOR = "mqtt";
  private static final int WORKERS = 8;

  private final ActiveMQServer server;

  Engine(Policy policy, Path folder, String clusterPassword) throws Exception {
    Configuration configuration = configuration(folder, clusterPassword);
    configuration.registerBrokerPlugin(new Backlog(policy.settings(), policy.counters()));
    server =
        new ActiveMQServerImpl(
            configuration, new AccessSecurity(policy.accounts(), policy.rules()));
    server.addProtocolManagerFactory(new GuardedProtocolFactory(policy));
    server.start();
  }

  /** Takes over a connection whose first byte is about to be read. */
  void adopt(Channel channel) {
    ((NettyAcceptor) server.getRemotingService().getAcceptor(ACCEPTOR)).transfer(channel);
  }

  /** To how many subscriptions the engine is delivering. */
  long deliveries() {
    return server.getTotalConsumerCount();
  }

  /** How many topics the engine knows. */
  int topics() {
    return server.getPostOffice().getAddresses().size();
  }

  void stop() throws Exception {
    server.stop();
  }

  private static Configuration configuration(Path folder, String clusterPassword) throws Exception {
    Configuration configuration = new ConfigurationImpl();
    configuration.setBrokerInstance(folder.toFile());
    return configuration
        .setName("ratio1")
        .setPersistenceEnabled(false)
        .setMqttSubscriptionPersistenceEnabled(false)
        .setJournalType(JournalType.NIO)
        .setMaxDiskUsage(-1)
        .setSecurityEnabled(true)
        .setClusterUser(ACCEPTOR)
        .setClusterPassword(clusterPassword)
        .setResolveProtocols(false)
        .setJMXManagementEnabled(false)
        .setMessageCounterEnabled(false)
        .setCriticalAnalyzer(false)
        .setThreadPoolMaxSize(WORKERS)
        .setScheduledThreadPoolMaxSize(2)
        .setMqttSessionScanInterval(1000)
        .setAddressQueueScanPeriod(1000)
        // Addresses are topics: nothing has to be translated, or can be translated wrongly.
        .setWildCardConfiguration(
            new WildcardConfiguration().setDelimiter('/').setAnyWords('#').setSingleWord('+'))
        .addAddressSetting("#", addresses())
        .addAcceptorConfiguration(acceptor());
  }

  private static AddressSettings addresses() {
    return new AddressSettings()
        .setMaxDeliveryAttempts(-1)
        // Never to disk; Backlog bounds what waits in memory.
        .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
        // Anybody may write to any node's topic, known or not: forget the unknown soon.
        .setAutoDeleteAddressesSkipUsageCheck(true)
        .setDeadLetterAddress(SimpleString.of("dead"))
        .setExpiryAddress(SimpleString.of("expired"));
  }

  /**
   * "HTTP upgrade" is the engine's word for connections that somebody else accepts; it then opens
   * no socket itself.
   */
  private static TransportConfiguration acceptor() {
    return new TransportConfiguration(
        NettyAcceptorFactory.class.getName(),
        Map.of(
            TransportConstants.HTTP_UPGRADE_ENABLED_PROP_NAME, true,
            TransportConstants.PROTOCOLS_PROP_NAME, "MQTT",
            TransportConstants.USE_EPOLL_PROP_NAME, false,
            TransportConstants.USE_KQUEUE_PROP_NAME, false,
            TransportConstants.REMOTING_THREADS_PROPNAME, 1),
        ACCEPTOR);
  }
}
