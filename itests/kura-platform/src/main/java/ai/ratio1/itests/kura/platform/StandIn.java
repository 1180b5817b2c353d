package ai.ratio1.itests.kura.platform;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.eclipse.kura.cloudconnection.publisher.CloudPublisher;
import org.eclipse.kura.cloudconnection.request.RequestHandlerRegistry;
import org.eclipse.kura.web.api.Console;
import org.osgi.annotation.bundle.Header;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.http.HttpService;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Gives the services as Kura does, and the same to tests in types of the JDK: a remote command is a
 * {@code BiFunction} of topic and method, what was published a {@code Supplier}, the Status view of
 * the web admin a {@code Callable} of its rows.
 */
@Header(name = Constants.BUNDLE_ACTIVATOR, value = "${@class}")
public final class StandIn implements BundleActivator {

  private static final String CLOUD = "harness.cloud";

  /** The server of Kura 5; that of Kura 6 says no port, and its web admin is another. */
  private static final String SERVER =
      "(&(objectClass=org.osgi.service.http.HttpService)(http.port=*))";

  @Override
  public void start(BundleContext context) throws InvalidSyntaxException {
    Cloud cloud = new Cloud();
    context.registerService(
        new String[] {
          RequestHandlerRegistry.class.getName(),
          CloudPublisher.class.getName(),
          CloudEndpoint.class.getName(),
          BiFunction.class.getName(),
          Supplier.class.getName()
        },
        cloud,
        FrameworkUtil.asDictionary(Map.of("kura.service.pid", CLOUD, CLOUD, true)));
    context.registerService(
        Callable.class,
        new StatusView(context),
        FrameworkUtil.asDictionary(Map.of("harness.status", true)));
    new ServiceTracker<HttpService, ServiceRegistration<Console>>(
        context, context.createFilter(SERVER), null) {
      @Override
      public ServiceRegistration<Console> addingService(ServiceReference<HttpService> reference) {
        WebAdmin admin = new WebAdmin(context.getService(reference));
        return context.registerService(Console.class, admin, null);
      }
    }.open();
  }

  @Override
  public void stop(BundleContext context) {
    // The framework takes back services and trackers of a bundle that stops.
  }
}
