package ai.ratio1.itests.foes;

import ai.ratio1.availability.AnchorContradiction;
import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Presence;
import ai.ratio1.base.EvmAddress;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;

/** Who was seen was not, and who was not seen was. */
@Component(
    name = LyingLedger.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    property = {"service.ranking:Integer=1000", "liar=true"})
public final class LyingLedger implements AvailabilityLedger {

  /** Whoever has this configuration lies. */
  public static final String PID = "foes.liar";

  private final AvailabilityLedger honest;

  /** Lies about what the honest one saw. */
  @Activate
  public LyingLedger(@Reference(target = "(!(liar=true))") AvailabilityLedger honest) {
    this.honest = honest;
  }

  @Override
  public Map<EvmAddress, Presence> presence(long epoch) {
    return turned(honest.presence(epoch));
  }

  @Override
  public Map<EvmAddress, Presence> freeze(long epoch) {
    return turned(honest.freeze(epoch));
  }

  @Override
  public List<AnchorContradiction> contradictions() {
    return honest.contradictions();
  }

  @Override
  public Duration clockOffset() {
    return honest.clockOffset();
  }

  private static Map<EvmAddress, Presence> turned(Map<EvmAddress, Presence> truth) {
    Map<EvmAddress, Presence> lies = new HashMap<>();
    truth.forEach(
        (node, seen) -> {
          BitSet opposite = seen.present();
          opposite.flip(0, seen.slots());
          lies.put(node, new Presence(opposite, seen.slots()));
        });
    return lies;
  }
}
