package ai.ratio1.kura.cloud.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.http.Audience;
import ai.ratio1.http.Door;
import ai.ratio1.http.Request;
import ai.ratio1.http.Response;
import ai.ratio1.kura.cloud.internal.core.StatusLines;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.eclipse.kura.KuraErrorCode;
import org.eclipse.kura.KuraException;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.message.KuraMessage;
import org.eclipse.kura.message.KuraPayload;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class StatusEntryTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final List<Object> registered = new ArrayList<>();
  private final List<Object> properties = new ArrayList<>();
  private int unregistered;

  private BundleContext framework() {
    return proxy(
        BundleContext.class,
        arguments -> {
          registered.add(arguments[1]);
          Dictionary<?, ?> given = (Dictionary<?, ?>) arguments[2];
          properties.add(given.get("kura.service.pid"));
          properties.add(given.get("service.factoryPid"));
          return proxy(ServiceRegistration.class, none -> unregistered++);
        });
  }

  private interface Call {
    Object answer(Object[] arguments);
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                method.getReturnType() == void.class
                    ? nothing(call, arguments)
                    : call.answer(arguments)));
  }

  private static Object nothing(Call call, Object[] arguments) {
    call.answer(arguments);
    return null;
  }

  private static Door status(Supplier<Response> answer) {
    return new Door() {
      @Override
      public String path() {
        return "/v1/status";
      }

      @Override
      public Audience audience() {
        return Audience.LOCAL;
      }

      @Override
      public Response handle(Request request) {
        return answer.get();
      }
    };
  }

  private CloudEndpoint endpoint() {
    return (CloudEndpoint) registered.get(0);
  }

  @Test
  void theNodeIsShownUnderItsNameUntilItGoes() {
    StatusEntry entry = new StatusEntry(framework(), LONG);
    entry.show();
    entry.doors = List.of(status(() -> Response.json(200, "{\"ready\": true}")));
    assertThat(properties).containsExactly("ai.ratio1.node", "ai.ratio1.node");
    assertThat(endpoint().getInfo()).containsEntry("Service Status", "READY");
    entry.hide();
    assertThat(unregistered).isEqualTo(1);
    assertThat(endpoint().getInfo()).as("asked once more").isEqualTo(StatusLines.unknown());
  }

  @Test
  void aDoorThatFailsTakesNobodyAlong() {
    StatusEntry entry = new StatusEntry(framework(), LONG);
    entry.show();
    for (Throwable failure :
        List.of(new IllegalStateException("gone"), new NoClassDefFoundError("exchanged"))) {
      entry.doors =
          List.of(
              status(
                  () -> {
                    throw sneaky(failure);
                  }));
      assertThat(endpoint().getInfo()).isEqualTo(StatusLines.unknown());
    }
    entry.doors = List.of(status(() -> Response.json(200, "{\"ready\": true}")));
    assertThat(endpoint().getInfo()).containsEntry("Service Status", "READY");
    entry.hide();
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E sneaky(Throwable failure) throws E {
    throw (E) failure;
  }

  @Test
  void aDoorThatHangsIsNotWaitedForAndNotInterrupted() throws InterruptedException {
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    StatusEntry entry = new StatusEntry(framework(), Duration.ofMillis(20));
    entry.show();
    entry.doors =
        List.of(
            status(
                () -> {
                  try {
                    leave.await();
                    left.countDown();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  return Response.json(200, "{\"ready\": true}");
                }));
    for (int i = 0; i < 20; i++) {
      assertThat(endpoint().getInfo()).isEqualTo(StatusLines.unknown());
    }
    entry.hide();
    leave.countDown();
    left.await();
  }

  @Test
  void nothingCanBeDoneThroughIt() {
    new StatusEntry(framework(), LONG).show();
    KuraMessage message = new KuraMessage(new KuraPayload());
    assertThatThrownBy(() -> endpoint().publish(message))
        .isInstanceOfSatisfying(
            KuraException.class,
            e -> assertThat(e.getCode()).isEqualTo(KuraErrorCode.OPERATION_NOT_SUPPORTED));
    endpoint()
        .registerSubscriber(
            Map.of(),
            taken -> {
              throw new AssertionError("told of something");
            });
    endpoint().unregisterSubscriber(taken -> {});
    endpoint().registerCloudDeliveryListener(id -> {});
    endpoint().unregisterCloudDeliveryListener(id -> {});
  }

  /** As on a Kura whose cloud connections have another version. */
  @Test
  void withoutCloudConnectionsTheEntryStaysAwayAndSaysSo() throws Exception {
    Class<?> type = new WithoutConnections().loadClass(StatusEntry.class.getName());
    var constructor = type.getDeclaredConstructor(BundleContext.class);
    Object entry = constructor.newInstance(framework());
    for (String method : List.of("show", "hide")) {
      var lifecycle = type.getDeclaredMethod(method);
      lifecycle.setAccessible(true);
      lifecycle.invoke(entry);
    }
    assertThat(type.getClassLoader()).isInstanceOf(WithoutConnections.class);
    assertThat(type.getDeclaredMethods()).isNotEmpty();
    assertThat(registered).isEmpty();
  }

  private static final class WithoutConnections extends ClassLoader {

    WithoutConnections() {
      super(StatusEntryTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.eclipse.kura.cloudconnection.")) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("ai.ratio1.kura.cloud.internal.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = Objects.requireNonNull(getParent().getResourceAsStream(file))) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
