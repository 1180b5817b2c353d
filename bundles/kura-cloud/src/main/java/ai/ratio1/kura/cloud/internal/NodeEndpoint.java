package ai.ratio1.kura.cloud.internal;

import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Looks to Kura like a cloud connection that is there to be looked at: no factory made it, so that
 * nobody can delete it or choose it for a publisher, and it is no {@code CloudConnectionManager},
 * so that nobody can connect it.
 */
final class NodeEndpoint implements CloudEndpoint {

  /** The web admin calls the connection by it, and cannot do without. */
  static final String PID_PROPERTY = "kura.service.pid";

  /**
   * Factories of cloud connections compare it with their own, some without looking whether there is
   * any.
   */
  static final String FACTORY_PROPERTY = "service.factoryPid";

  static final String PID = "ai.ratio1.node";

  private final Supplier<Map<String, String>> info;

  private NodeEndpoint(Supplier<Map<String, String>> info) {
    this.info = info;
  }

  static ServiceRegistration<?> register(
      BundleContext context, Supplier<Map<String, String>> info) {
    return context.registerService(
        CloudEndpoint.class,
        new NodeEndpoint(info),
        FrameworkUtil.asDictionary(Map.of(PID_PROPERTY, PID, FACTORY_PROPERTY, PID)));
  }

  @Override
  public Map<String, String> getInfo() {
    return info.get();
  }

  @Override
  public String publish(KuraMessage message) throws KuraException {
    throw new KuraException(
        KuraErrorCode.OPERATION_NOT_SUPPORTED, "the node publishes nothing for others");
  }

  @Override
  public void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener) {
    // No message ever comes.
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    // It was told of nothing.
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    // Nothing is ever delivered.
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    // It was told of nothing.
  }
}
