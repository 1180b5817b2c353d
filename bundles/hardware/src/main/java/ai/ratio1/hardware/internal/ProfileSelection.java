package ai.ratio1.hardware.internal;

import ai.ratio1.base.R1Exception;
import ai.ratio1.hardware.HardwareProfile;
import ai.ratio1.hardware.ProfileChoice;
import ai.ratio1.hardware.internal.core.HardwareError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Of the profiles whose filter matches the one with the highest priority; a tie is a mistake. */
final class ProfileSelection {

  private ProfileSelection() {}

  /** Chooses; what cannot be used is left out and said in the reason. */
  static ProfileChoice choose(List<HardwareProfile> profiles, Map<String, Object> properties) {
    try {
      List<HardwareProfile> matching =
          profiles.stream().filter(profile -> matches(profile, properties)).toList();
      int highest = matching.stream().mapToInt(HardwareProfile::priority).max().orElse(-1);
      List<HardwareProfile> best =
          matching.stream().filter(profile -> profile.priority() == highest).toList();
      if (best.size() > 1) {
        throw HardwareError.TIE.failure(
            "The profiles "
                + String.join(" and ", best.stream().map(HardwareProfile::id).sorted().toList())
                + " match with the same priority.");
      }
      return best.stream()
          .findFirst()
          .map(ProfileSelection::chosen)
          .orElseGet(() -> none(profiles));
    } catch (R1Exception e) {
      return new ProfileChoice(Optional.empty(), e.describe());
    }
  }

  /** Whether a profile is for such a machine. */
  static boolean matches(HardwareProfile profile, Map<String, Object> properties) {
    try {
      return FrameworkUtil.createFilter(profile.match()).matches(properties);
    } catch (InvalidSyntaxException e) {
      throw HardwareError.PROFILE.failure(
          "The profile " + profile.id() + " has no filter: " + e.getMessage(), e);
    }
  }

  private static ProfileChoice chosen(HardwareProfile profile) {
    return new ProfileChoice(
        Optional.of(profile), profile.id() + " matches with priority " + profile.priority() + ".");
  }

  private static ProfileChoice none(List<HardwareProfile> profiles) {
    return new ProfileChoice(
        Optional.empty(),
        HardwareError.NO_PROFILE
            .failure("None of " + profiles.size() + " profiles matches this machine.")
            .describe());
  }
}
