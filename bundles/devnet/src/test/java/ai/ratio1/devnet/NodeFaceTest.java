package ai.ratio1.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.ErrorCode;
import ai.ratio1.base.R1Exception;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a starting node refuses for want of a service is asked again; nothing else is. */
class NodeFaceTest {

  @TempDir private Path root;

  @Test
  void asksAgainUntilTheServiceIsThere() {
    AtomicInteger asked = new AtomicInteger();
    String answer = ask(asked, "R1-REST-105", 3);
    assertThat(answer).isEqualTo("yes");
    assertThat(asked).hasValue(4);
  }

  @Test
  void passesOnEveryOtherRefusal() {
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(() -> ask(asked, "R1-REST-101", 3))
        .isInstanceOf(R1Exception.class)
        .hasMessageContaining("not now");
    assertThat(asked).hasValue(1);
  }

  private String ask(AtomicInteger asked, String code, int refusals) {
    return NodeFace.ask(
        new DevnetFolder(root),
        NodeEntry.all(DevnetSettings.DEFAULT).get(0),
        () -> {
          if (asked.getAndIncrement() < refusals) {
            throw new R1Exception(new ErrorCode(code), "not now", "Wait.");
          }
          return "yes";
        });
  }
}
