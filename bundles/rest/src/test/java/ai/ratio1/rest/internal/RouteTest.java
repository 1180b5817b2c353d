package ai.ratio1.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import ai.ratio1.http.ProblemException;
import ai.ratio1.http.Request;
import ai.ratio1.rest.internal.core.RestError;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Whose fault a failure is. */
class RouteTest {

  @Test
  void aServiceInTroubleIsNotTheCallersFault() {
    R1Exception away =
        new R1Exception(new ErrorCode("R1-CHAIN-001"), "No endpoint answers.", "Wait.");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> handle(() -> away))
        .satisfies(e -> assertThat(e.status()).isEqualTo(503))
        .satisfies(e -> assertThat(e.describe()).isEqualTo(away.describe()));
  }

  @Test
  void aCallersMistakeStaysWhatItIs() {
    ProblemException mistake = RestError.BAD_REQUEST.because("The body is not JSON.");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> handle(() -> mistake))
        .isSameAs(mistake);
  }

  private static void handle(Supplier<R1Exception> failure) {
    Route route =
        Route.get(
            "/v1/status",
            request -> {
              throw failure.get();
            });
    route.handle(new Request("GET", "", Map.of(), new byte[0], "127.0.0.1"));
  }
}
