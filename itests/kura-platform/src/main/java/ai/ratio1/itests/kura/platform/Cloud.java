package ai.ratio1.itests.kura.platform;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.listener.CloudDeliveryListener;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandler;
import org.eclipse.kura.cloudconnection.request.RequestHandlerContext;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.cloudconnection.subscriber.listener.CloudSubscriberListener;
import org.eclipse.kura.message.KuraPayload;

/** A cloud connection that keeps what is published, and hands requests on as Kura 5 does. */
final class Cloud
    implements RequestHandlerRegistry,
        CloudPublisher,
        CloudEndpoint,
        BiFunction<String, String, Map<String, Object>>,
        Supplier<List<Map<String, Object>>> {

  private final Map<String, RequestHandler> handlers = new ConcurrentHashMap<>();
  private final List<Map<String, Object>> published = new CopyOnWriteArrayList<>();

  @Override
  public void registerRequestHandler(String id, RequestHandler handler) throws KuraException {
    if (handlers.putIfAbsent(id, handler) != null) {
      throw new KuraException(KuraErrorCode.CONFIGURATION_ERROR, id);
    }
  }

  @Override
  public void unregister(String id) throws KuraException {
    if (handlers.remove(id) == null) {
      throw new KuraException(KuraErrorCode.NOT_FOUND, id);
    }
  }

  @Override
  public String publish(KuraMessage message) {
    published.add(Map.copyOf(message.getPayload().metrics()));
    return Integer.toString(published.size());
  }

  @Override
  public Map<String, String> getInfo() {
    return Map.of("Service Status", "CONNECTED");
  }

  @Override
  public void registerSubscriber(Map<String, Object> properties, CloudSubscriberListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unregisterSubscriber(CloudSubscriberListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void registerCloudDeliveryListener(CloudDeliveryListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unregisterCloudDeliveryListener(CloudDeliveryListener listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Map<String, Object>> get() {
    return published;
  }

  /**
   * A request.
   *
   * @param topic application and words, such as {@code RATIO1-V1/epochs/7}
   * @param method GET, PUT, POST, DEL or EXEC
   * @return metrics of the answer, and its body as {@code body}; empty when nobody is there
   */
  @Override
  public Map<String, Object> apply(String topic, String method) {
    String[] parts = topic.split("/", -1);
    RequestHandler handler = handlers.get(parts[0]);
    if (handler == null) {
      return Map.of();
    }
    List<String> words = Arrays.asList(parts).subList(1, parts.length);
    KuraMessage request = new KuraMessage(new KuraPayload(), Map.of("args", words));
    try {
      KuraPayload answer = ask(handler, method, request).getPayload();
      Map<String, Object> all = new HashMap<>(answer.metrics());
      all.put("body", Objects.requireNonNullElse(answer.getBody(), new byte[0]));
      return all;
    } catch (KuraException e) {
      return Map.of("response.code", 500, "response.exception.message", e.getCode().name());
    }
  }

  private static KuraMessage ask(RequestHandler handler, String method, KuraMessage request)
      throws KuraException {
    RequestHandlerContext context = new RequestHandlerContext();
    return switch (method) {
      case "GET" -> handler.doGet(context, request);
      case "PUT" -> handler.doPut(context, request);
      case "POST" -> handler.doPost(context, request);
      case "DEL" -> handler.doDel(context, request);
      default -> handler.doExec(context, request);
    };
  }
}
