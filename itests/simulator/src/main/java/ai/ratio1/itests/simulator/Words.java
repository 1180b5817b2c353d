package ai.ratio1.itests.simulator;

import java.util.Locale;

/** Constants as they are written on a command line: {@code WILD_VIEWS} is {@code wild-views}. */
final class Words {

  private Words() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
