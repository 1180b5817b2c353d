package ai.ratio1.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.ratio1.base.R1Exception;
import ai.ratio1.chain.EpochOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The document says everything, always in the same bytes, and nothing else is taken for one. */
class ArtefactsJsonTest {

  private final EpochArtefacts artefacts = new SampleEpoch().artefacts();
  private final byte[] document = ArtefactsJson.write(artefacts);

  @Test
  void whatIsReadIsWhatWasWritten() {
    EpochArtefacts read = ArtefactsJson.read(document);
    assertThat(ArtefactsJson.write(read)).isEqualTo(document);
    assertThat(read.ended()).isEqualTo(artefacts.ended());
    assertThat(EpochAudit.of(read, SampleEpoch.SIGNATURES).mismatches()).isEmpty();
  }

  @Test
  void nothingElseIsTakenForADocument() {
    String text = new String(document, StandardCharsets.UTF_8);
    for (String wrong :
        new String[] {
          "",
          "[]",
          "{}",
          text.replace(ArtefactsJson.FORMAT, "another"),
          text.replace("\"ND-3\"", "\"ND-2\""),
          text.replace("\"settled\":false", "\"settled\":0"),
          text.replace("\"theta\":250", "\"theta\":256"),
          text.replace("\"rates\":[[6,", "\"rates\":[[2000000000,"),
          text.replace("\"rates\":[[6,", "\"rates\":[[5,"),
          text.replace("\"slotMillis\":500", "\"slotMillis\":0"),
          text.replace("\"chainId\":\"31337\"", "\"chainId\":\"-1\""),
          text.replace("\"signers\":[0,1,2]", "\"signers\":[0,1,31]")
        }) {
      assertThat(wrong).isNotEqualTo(text);
      assertThatThrownBy(() -> ArtefactsJson.read(wrong.getBytes(StandardCharsets.UTF_8)))
          .as(wrong.substring(0, Math.min(40, wrong.length())))
          .isInstanceOfSatisfying(
              R1Exception.class, e -> assertThat(e.code().text()).isEqualTo("R1-OUTCOME-001"));
    }
  }

  @Test
  void whateverOneByteIsChangedItIsRefusedOrNamedOrProvesTheSame() {
    EpochOutcome genuine = artefacts.signed().certificate().outcome();
    Random random = new Random(7);
    int named = 0;
    for (int i = 0; i < 300; i++) {
      byte[] changed = document.clone();
      int at = random.nextInt(changed.length);
      changed[at] = (byte) (changed[at] == '0' ? '1' : '0');
      try {
        EpochArtefacts read = ArtefactsJson.read(changed);
        EpochAudit.Result result = EpochAudit.of(read, SampleEpoch.SIGNATURES);
        named += result.holds() ? 0 : 1;
        if (result.holds()) {
          // As the beacon, which decides nothing but who leads later.
          assertThat(result.agreed().orElseThrow().outcome()).as("byte %d", at).isEqualTo(genuine);
        }
      } catch (R1Exception refused) {
        assertThat(refused.code().text()).isEqualTo("R1-OUTCOME-001");
      }
    }
    assertThat(named).isGreaterThan(100);
  }
}
