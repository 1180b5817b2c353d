package ai.ratio1.itests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeatsReportTest {

  @Test
  void theBarIsHalfAMillionLinks() {
    assertThat(new BeatsReport(200, 500_000, 7_000, 20_000).passes()).isTrue();
    BeatsReport missed = new BeatsReport(200, 499_999, 7_000, 20_000);
    assertThat(missed.passes()).isFalse();
    assertThat(missed.table()).contains("499999", "25 times", "500000 links: missed");
    assertThat(missed.json()).contains("\"passes\" : false", "\"linksPerSecond\" : 499999");
  }
}
