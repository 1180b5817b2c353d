package ai.ratio1.kura.compat.internal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypedValueTest {

  @Test
  void aScalarIsOneValue() {
    assertThat(TypedValue.INTEGER.of(List.of(" 7 "), 0)).contains(7);
    assertThat(TypedValue.BOOLEAN.of(List.of("true"), 1)).contains(true);
    assertThat(TypedValue.CHARACTER.of(List.of("x"), -1)).contains('x');
    assertThat(TypedValue.DOUBLE.of(List.of("0.5"), 0)).contains(0.5);
  }

  @Test
  void manyValuesAreAnArrayOfTheirType() {
    assertThat(TypedValue.LONG.of(List.of("1", "2"), 10)).contains(new Long[] {1L, 2L});
    assertThat(TypedValue.STRING.of(List.of(), -10)).contains(new String[0]);
  }

  @Test
  void noTextIsNoNumberButAnEmptyString() {
    assertThat(TypedValue.INTEGER.of(List.of(""), 0)).isEmpty();
    assertThat(TypedValue.INTEGER.of(List.of(), 0)).isEmpty();
    assertThat(TypedValue.STRING.of(List.of(""), 0)).contains("");
  }

  @ParameterizedTest
  @EnumSource(
      value = TypedValue.class,
      names = {"LONG", "INTEGER", "SHORT", "BYTE", "DOUBLE", "FLOAT"})
  void whatIsNoNumberIsRefused(TypedValue type) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.of(List.of("many"), 0));
  }
}
