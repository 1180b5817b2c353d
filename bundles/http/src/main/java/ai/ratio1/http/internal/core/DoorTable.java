package ai.ratio1.http.internal.core;

import ai.ratio1.http.Door;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The doors that are open, longest path first. Immutable. */
public final class DoorTable {

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

  private final List<Door> doors;

  /**
   * A table of doors.
   *
   * @param doors best first where two have the same path
   */
  public DoorTable(Collection<Door> doors) {
    this.doors =
        doors.stream().sorted(Comparator.comparingInt(door -> -door.path().length())).toList();
  }

  /** Whether a door's path can be served: segments of plain characters, no slash at the end. */
  public static boolean accepts(Door door) {
    return PATH.matcher(door.path()).matches();
  }

  /** How many doors there are. */
  public int size() {
    return doors.size();
  }

  Optional<Door> find(String path) {
    return doors.stream().filter(door -> serves(door.path(), path)).findFirst();
  }

  private static boolean serves(String door, String path) {
    return path.startsWith(door)
        && (path.length() == door.length() || path.charAt(door.length()) == '/');
  }
}
