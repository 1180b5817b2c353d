package ai.ratio1.itests.kura.server;

import jakarta.servlet.http.HttpServlet;
import java.util.EventListener;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.ForwardedRequestCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Does what Kura 6 does: a Jetty of its own, which believes forwarding headers, in front of the
 * Felix HTTP bridge; and a {@linkplain ManagementUi web admin}.
 */
public final class GatewayServer implements BundleActivator {

  /** Service property: where the server listens. */
  public static final String PORT = "gateway.port";

  /** Service property of a {@code Consumer<Boolean>} that opens and closes the web admin. */
  public static final String ADMIN = "gateway.admin";

  private Server server;

  @Override
  public void start(BundleContext context) throws Exception {
    server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new ForwardedRequestCustomizer());
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler all = new ServletContextHandler();
    all.setContextPath("/");
    all.setClassLoader(GatewayServer.class.getClassLoader());
    all.setSessionHandler(new SessionHandler());
    all.addServlet(new ServletHolder(bridge(context, HttpServlet.class)), "/*");
    all.addEventListener(bridge(context, EventListener.class));
    server.setHandler(all);
    server.start();
    ManagementUi admin = new ManagementUi(context);
    admin.accept(true);
    context.registerService(Consumer.class, admin, new Hashtable<>(Map.of(ADMIN, true)));
    context.registerService(
        GatewayServer.class, this, new Hashtable<>(Map.of(PORT, connector.getLocalPort())));
  }

  @Override
  public void stop(BundleContext context) throws Exception {
    server.stop();
  }

  private static <S> S bridge(BundleContext context, Class<S> type) throws Exception {
    ServiceReference<S> reference =
        context.getServiceReferences(type, "(http.felix.dispatcher=*)").iterator().next();
    return context.getService(reference);
  }
}
