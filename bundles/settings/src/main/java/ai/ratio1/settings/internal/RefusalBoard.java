package ai.ratio1.settings.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.event.NodeEvents;
import ai.ratio1.metrics.Metric;
import ai.ratio1.metrics.MetricSource;
import ai.ratio1.settings.Refusals;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Shows refused configurations as figures and as events. Immediate, for it would otherwise forget
 * them whenever nobody happens to hold it, as between two refusals while a node starts.
 */
@Component(name = "ai.ratio1.settings.refusals", immediate = true)
public final class RefusalBoard implements Refusals, MetricSource {

  private final Map<String, R1Exception> refused = new ConcurrentHashMap<>();

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile @Nullable EventAdmin events;

  @Override
  public void refused(String pid, R1Exception why) {
    refused.put(pid, why);
    EventAdmin admin = events;
    if (admin != null) {
      Map<String, Object> properties =
          Map.of(
              NodeEvents.MESSAGE,
              "The configuration of " + pid + " is not used. " + text(why),
              NodeEvents.CODE,
              why.code().text());
      admin.postEvent(new Event(NodeEvents.CONFIGURATION_REFUSED, properties));
    }
  }

  @Override
  public void taken(String pid) {
    refused.remove(pid);
  }

  @Override
  public Map<String, R1Exception> now() {
    return Map.copyOf(refused);
  }

  @Override
  public List<Metric> metrics() {
    return refused.entrySet().stream().map(e -> metric(e.getKey(), e.getValue())).toList();
  }

  private static Metric metric(String pid, R1Exception why) {
    return new Metric(
        "r1_settings_refused",
        "1 for every component whose newest configuration is not used.",
        Metric.Kind.GAUGE,
        Map.of("pid", pid, "code", why.code().text()),
        1);
  }

  private static String text(R1Exception why) {
    return String.valueOf(why.getMessage());
  }
}
