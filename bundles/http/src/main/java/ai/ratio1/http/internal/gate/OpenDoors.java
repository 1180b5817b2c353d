package ai.ratio1.http.internal.gate;

import ai.ratio1.http.Door;
import ai.ratio1.http.internal.core.DoorTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors of the framework, best first. Thread-safe. */
public final class OpenDoors {

  private static final Logger LOG = LoggerFactory.getLogger(OpenDoors.class);

  private final Map<ServiceReference<Door>, Door> doors =
      new TreeMap<>(Comparator.<ServiceReference<Door>>naturalOrder().reversed());

  private volatile DoorTable table = new DoorTable(List.of());

  /** Opens a door, unless its path cannot be served. */
  public synchronized void add(ServiceReference<Door> reference, Door door) {
    if (!DoorTable.accepts(door)) {
      LOG.error("The door {} of {} has no usable path.", door.path(), reference.getBundle());
      return;
    }
    doors.put(reference, door);
    table = new DoorTable(doors.values());
  }

  /** Closes a door. */
  public synchronized void remove(ServiceReference<Door> reference) {
    doors.remove(reference);
    table = new DoorTable(doors.values());
  }

  /** The doors that are open now. */
  public DoorTable table() {
    return table;
  }
}
