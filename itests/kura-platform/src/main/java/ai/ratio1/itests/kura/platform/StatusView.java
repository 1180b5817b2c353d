package ai.ratio1.itests.kura.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.eclipse.kura.cloudconnection.CloudEndpoint;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The cloud connections in the Status view of a web admin, row by row as Kura 5 and 6 make them: a
 * connection without a name, a value that is null and a failure each cost the whole view, and
 * values are markup.
 */
final class StatusView implements Callable<List<List<String>>> {

  private static final String NAME = "Connection Name";

  private final BundleContext context;

  private record Connection(String name, Map<String, String> values) {}

  StatusView(BundleContext context) {
    this.context = context;
  }

  /** Rows of a name and a value. */
  @Override
  public List<List<String>> call() throws InvalidSyntaxException {
    List<Connection> connections = new ArrayList<>();
    for (ServiceReference<CloudEndpoint> reference :
        context.getServiceReferences(CloudEndpoint.class, null)) {
      CloudEndpoint endpoint = Objects.requireNonNull(context.getService(reference));
      Map<String, String> values = new TreeMap<>();
      endpoint.getInfo().forEach((name, value) -> values.put(name, Objects.requireNonNull(value)));
      values.remove(NAME);
      connections.add(new Connection((String) reference.getProperty("kura.service.pid"), values));
      context.ungetService(reference);
    }
    connections.sort(Comparator.comparing(Connection::name));
    List<List<String>> rows = new ArrayList<>();
    for (Connection connection : connections) {
      rows.add(List.of(NAME, connection.name()));
      connection.values().forEach((name, value) -> rows.add(List.of(name, value)));
    }
    return rows;
  }
}
