package ai.ratio1.http.internal.gate;

import ai.ratio1.base.ErrorCode;
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

  private static final ErrorCode UNUSABLE_PATH = new ErrorCode("R1-HTTP-012");

  private final Map<ServiceReference<Door>, Door> doors =
      new TreeMap<>(Comparator.<ServiceReference<Door>>naturalOrder().reversed());

  private volatile DoorTable table = new DoorTable(List.of());

  /**
   * Opens a door, unless its path cannot be served.
   *
   * @return whether it is open
   */
  public synchronized boolean add(ServiceReference<Door> reference, Door door) {
    if (!DoorTable.accepts(door)) {
      LOG.error(
          "{}: The door {} of {} has no usable path. Give it segments of letters, digits and ._~-.",
          UNUSABLE_PATH,
          door.path(),
          reference.getBundle());
      return false;
    }
    doors.put(reference, door);
    table = new DoorTable(doors.values());
    return true;
  }

  /**
   * Closes a door.
   *
   * @return whether it was open
   */
  public synchronized boolean remove(ServiceReference<Door> reference) {
    boolean open = doors.remove(reference) != null;
    table = new DoorTable(doors.values());
    return open;
  }

  /** The doors that are open now. */
  public DoorTable table() {
    return table;
  }
}
