package ai.ratio1.cli;

/**
 * Where months and amounts lie in a rectangle of a chart.
 *
 * @param left edge
 * @param up edge
 * @param width of the rectangle
 * @param height of the rectangle
 * @param months from its left to its right
 * @param most the highest amount in it
 */
record Axes(int left, int up, int width, int height, int months, double most) {

  private static final int LINES = 6;

  int right() {
    return left + width;
  }

  int bottom() {
    return up + height;
  }

  double x(int month) {
    return left + (double) width * month / months;
  }

  double y(double amount) {
    return bottom() - height * amount / top();
  }

  /** Amount at the upper edge: whole steps. */
  double top() {
    return Math.max(step(), Math.ceil(most / step()) * step());
  }

  /** Amount between two lines: 1, 2 or 5 times a power of ten. */
  double step() {
    double rough = Math.max(most, Double.MIN_NORMAL) / LINES;
    double ten = Math.pow(10, Math.floor(Math.log10(rough)));
    double digits = rough / ten;
    if (digits <= 1) {
      return ten;
    }
    if (digits <= 2) {
      return 2 * ten;
    }
    return (digits <= 5 ? 5 : 10) * ten;
  }
}
