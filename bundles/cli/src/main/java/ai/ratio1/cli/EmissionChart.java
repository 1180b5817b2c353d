package ai.ratio1.cli;

import ai.ratio1.economy.simulation.Month;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;

/**
 * A simulation as SVG: what each class has mined as stacked areas, supply and what was burned as
 * lines, in millions of R1; below, the emission of each month.
 */
final class EmissionChart {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 640;
  private static final int MILLION_DIGITS = 24;
  private static final String INK = "#24292f";
  private static final String GRID = "#d8dee4";

  private static final List<Layer> LAYERS =
      List.of(
          new Layer("Genesis deed", "#c9a227", m -> m.mined().genesis()),
          new Layer("Master deeds", "#3f8f8c", m -> m.mined().master()),
          new Layer("Node Deeds", "#6a8caf", m -> m.mined().node()));
  private static final Layer SUPPLY = new Layer("supply", INK, Month::supply);
  private static final Layer BURNED = new Layer("burned", "#b3432b", m -> m.burned().total());

  private record Layer(String name, String colour, Function<Month, BigInteger> amount) {

    double millions(Month month) {
      return new BigDecimal(amount.apply(month)).movePointLeft(MILLION_DIGITS).doubleValue();
    }
  }

  private final List<Month> months;
  private final SvgWriter svg;
  private final Axes sums;
  private final Axes rates;

  private EmissionChart(List<Month> months, SvgWriter svg) {
    this.months = months;
    this.svg = svg;
    Month last = months.get(months.size() - 1);
    double mined = LAYERS.stream().mapToDouble(layer -> layer.millions(last)).sum();
    double burned = BURNED.millions(last);
    this.sums = new Axes(70, 60, 700, 340, months.size(), Math.max(mined, burned));
    double most =
        IntStream.range(0, months.size()).mapToDouble(this::emissionOfAll).max().orElse(0);
    this.rates = new Axes(70, 460, 700, 130, months.size(), most);
  }

  static void draw(List<Month> months, Writer to) throws XMLStreamException {
    SvgWriter svg = new SvgWriter(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(to));
    svg.begin(WIDTH, HEIGHT);
    new EmissionChart(months, svg).draw();
    svg.end();
  }

  private void draw() throws XMLStreamException {
    svg.text(70, 32, "start", INK, "Mined since genesis, million R1");
    frame(sums);
    double[] below = new double[months.size()];
    for (Layer layer : LAYERS) {
      double[] above = below.clone();
      for (int i = 0; i < above.length; i++) {
        above[i] += layer.millions(months.get(i));
      }
      svg.area(band(sums, below, above), layer.colour());
      label(layer, (below[below.length - 1] + above[above.length - 1]) / 2);
      below = above;
    }
    line(SUPPLY, "none");
    line(BURNED, "6 4");

    svg.text(70, 442, "start", INK, "Mined in the month, million R1");
    frame(rates);
    double[] base = new double[months.size()];
    for (Layer layer : LAYERS) {
      double[] above = base.clone();
      for (int i = 0; i < above.length; i++) {
        above[i] += emission(layer, i);
      }
      svg.area(band(rates, base, above), layer.colour());
      base = above;
    }
    svg.text(420, 625, "middle", INK, "months since genesis");
  }

  private void frame(Axes axes) throws XMLStreamException {
    for (double value = 0; value <= axes.top(); value += axes.step()) {
      svg.line(axes.left(), axes.y(value), axes.right(), axes.y(value), GRID);
      svg.text(axes.left() - 8, axes.y(value) + 4, "end", INK, number(value));
    }
    int step = Math.max(1, (int) Math.ceil(months.size() / 60.0)) * 6;
    for (int month = 0; month <= months.size(); month += step) {
      svg.text(axes.x(month), axes.bottom() + 18, "middle", INK, Integer.toString(month));
    }
  }

  private void line(Layer layer, String dashes) throws XMLStreamException {
    String points =
        months.stream()
            .map(m -> point(sums.x(m.number()), sums.y(layer.millions(m))))
            .collect(Collectors.joining(" "));
    svg.polyline(point(sums.x(0), sums.y(0)) + " " + points, layer.colour(), dashes);
    label(layer, layer.millions(months.get(months.size() - 1)));
  }

  private void label(Layer layer, double value) throws XMLStreamException {
    svg.text(sums.right() + 10, sums.y(value) + 4, "start", layer.colour(), layer.name());
  }

  private double emission(Layer layer, int index) {
    double before = index == 0 ? 0 : layer.millions(months.get(index - 1));
    return layer.millions(months.get(index)) - before;
  }

  private double emissionOfAll(int index) {
    return LAYERS.stream().mapToDouble(layer -> emission(layer, index)).sum();
  }

  /** Up along the upper edge, back along the lower. */
  private static String band(Axes axes, double[] below, double[] above) {
    StringBuilder points = new StringBuilder(point(axes.x(0), axes.y(0)));
    for (int i = 0; i < above.length; i++) {
      points.append(' ').append(point(axes.x(i + 1), axes.y(above[i])));
    }
    for (int i = below.length - 1; i >= 0; i--) {
      points.append(' ').append(point(axes.x(i + 1), axes.y(below[i])));
    }
    return points.toString();
  }

  private static String point(double x, double y) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
  }

  private static String number(double value) {
    return new BigDecimal(String.format(Locale.ROOT, "%.2f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
