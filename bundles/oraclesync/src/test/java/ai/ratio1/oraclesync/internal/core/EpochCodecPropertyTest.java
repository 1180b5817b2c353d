package ai.ratio1.oraclesync.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import ai.ratio1.consensus.Observation;
import ai.ratio1.outcome.AgreedEpoch;
import ai.ratio1.outcome.CumulativeRewards;
import ai.ratio1.outcome.EndedEpoch;
import ai.ratio1.outcome.EpochState;
import ai.ratio1.outcome.OutcomeRule;
import ai.ratio1.outcome.Sample;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EpochCodecPropertyTest {

  @Property(tries = 200)
  void stateAndEpochsSurviveTheirTripToDisk(
      @ForAll long seed, @ForAll @IntRange(min = 4, max = 31) int n) {
    Random random = new Random(seed);
    EndedEpoch epoch = Sample.ended(random.nextInt(1000), n, n + random.nextInt(20));
    List<Observation> tables =
        IntStream.range(0, n)
            .mapToObj(
                i -> Sample.observation(i, random.ints(epoch.rows().size(), 0, 256).toArray()))
            .toList();
    AgreedEpoch agreed = OutcomeRule.agree(epoch, EpochState.founding(), tables);
    CumulativeRewards read = EpochCodec.cumulative(EpochCodec.encode(agreed.cumulative()));
    assertThat(read.root()).isEqualTo(agreed.cumulative().root());
    assertThat(read.all()).isEqualTo(agreed.cumulative().all());
    OwnView view =
        new OwnView(Optional.of(agreed.table()), 17, -300, Sample.hash("bitmaps " + seed));
    PendingEpoch pending = EpochCodec.pending(EpochCodec.encode(new PendingEpoch(epoch, view)));
    assertThat(pending.ended()).isEqualTo(epoch);
    assertThat(pending.view().table())
        .hasValueSatisfying(t -> assertThat(t).isEqualTo(agreed.table()));
    assertThat(pending.view().clockOffsetMillis()).isEqualTo(-300);
    assertThat(pending.view().bitmapRoot()).isEqualTo(view.bitmapRoot());
  }
}
