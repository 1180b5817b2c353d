package ai.ratio1.launcher;

/**
 * A bundle a feature asks for.
 *
 * @param id Maven coordinates {@code group:artifact:version}
 * @param startLevel when it starts, 1 to 99
 * @param sha256 lower-case hexadecimal hash of its file
 * @param optional whether it is for some machines alone: it is installed, and started by whoever
 *     finds that its requirements are met
 */
record PlannedBundle(String id, int startLevel, String sha256, boolean optional) {

  /** File name in the bundle folder. */
  String fileName() {
    String[] parts = id.split(":", -1);
    return parts[1] + "-" + parts[2] + ".jar";
  }

  /** Names content as well as coordinates, so that an unchanged bundle is not installed again. */
  String location() {
    return "r1:" + id + "@" + sha256;
  }
}
