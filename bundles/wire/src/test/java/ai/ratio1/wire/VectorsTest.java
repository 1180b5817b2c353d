package ai.ratio1.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody drops a group, or thins one out, unnoticed. */
class VectorsTest {

  @ParameterizedTest
  @CsvSource({
    "identity, 6",
    "address, 19",
    "canonical_json, 18",
    "canonical_json_legacy, 6",
    "canonical_json_python, 3",
    "compact_canonical, 4",
    "sign, 2",
    "verify, 36",
    "evm, 27",
    "encryption, 18",
    "compression, 4",
    "wire_keys, 2",
    "wire, 26",
    "timezone, 6",
    "version, 8",
    "dauth, 5",
    "oraclesync, 7",
    "epoch, 43",
    "availability, 34",
    "median, 8",
    "agreed_median, 5",
    "oracle_api, 12"
  })
  void everyGroupIsThere(String group, int count) {
    assertThat(Vectors.of(group)).hasSizeGreaterThanOrEqualTo(count);
  }
}
