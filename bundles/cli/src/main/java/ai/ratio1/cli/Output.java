package ai.ratio1.cli;

/** How a command answers. */
enum Output {
  /** For people. */
  table,
  /** For programs: one JSON value, or one per line for a stream. */
  json
}
