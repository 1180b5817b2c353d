package ai.ratio1.itests.bench;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws what one node costs an oracle in networks of different sizes.
 *
 * @param report the figures
 */
record CostCurve(EpochReport report) {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 300;
  private static final int LEFT = 60;
  private static final int RIGHT = 600;
  private static final int TOP = 50;
  private static final int BOTTOM = 240;
  private static final double DECADES = 3;

  String svg() {
    StringBuilder svg = new StringBuilder();
    svg.append(
        text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"12\">%n"
                + "<title>Cost of one node per epoch</title>%n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n",
            WIDTH, HEIGHT));
    double most = ceiling(EpochReport.Cost::microsPerNode, EpochReport.Cost::bytesPerNode);
    for (int step = 0; step <= 4; step++) {
      double value = most * step / 4;
      svg.append(
          text(
              "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>"
                  + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>%n",
              LEFT, RIGHT, y(value, most), y(value, most), LEFT - 8, y(value, most) + 4, value));
    }
    for (EpochReport.Cost cost : report.costs()) {
      svg.append(
          text(
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
              x(cost), BOTTOM + 20, cost.nodes()));
    }
    svg.append(
        text(
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">nodes</text>%n",
            (LEFT + RIGHT) / 2, BOTTOM + 42));
    line(svg, EpochReport.Cost::microsPerNode, most, "#1f5fa8");
    line(svg, EpochReport.Cost::bytesPerNode, most, "#b3541e");
    svg.append(
        text(
            "<text x=\"%d\" y=\"20\" fill=\"#1f5fa8\">µs of CPU per node to close an epoch with 31"
                + " tables</text>%n"
                + "<text x=\"%d\" y=\"36\" fill=\"#b3541e\">bytes per node of one table as it"
                + " travels</text>%n",
            LEFT, LEFT));
    return svg.append("</svg>").append(System.lineSeparator()).toString();
  }

  private double ceiling(
      ToDoubleFunction<EpochReport.Cost> one, ToDoubleFunction<EpochReport.Cost> other) {
    double most =
        report.costs().stream()
            .mapToDouble(cost -> Math.max(one.applyAsDouble(cost), other.applyAsDouble(cost)))
            .max()
            .orElse(1);
    return Math.ceil(most / 2) * 2;
  }

  private void line(
      StringBuilder svg, ToDoubleFunction<EpochReport.Cost> value, double most, String colour) {
    StringBuilder points = new StringBuilder();
    for (EpochReport.Cost cost : report.costs()) {
      double y = y(value.applyAsDouble(cost), most);
      points.append(text("%.1f,%.1f ", x(cost), y));
      svg.append(
          text("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n", x(cost), y, colour));
    }
    svg.append(
        text(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
            points.toString().strip(), colour));
  }

  private static double x(EpochReport.Cost cost) {
    return LEFT + 20 + (RIGHT - LEFT - 40) * (Math.log10(cost.nodes()) - 3) / DECADES;
  }

  private static double y(double value, double most) {
    return BOTTOM - (BOTTOM - TOP) * value / most;
  }

  // The callers' formats are constants.
  @SuppressWarnings("AnnotateFormatMethod")
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
