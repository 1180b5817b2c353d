package ai.ratio1.hardware;

import java.util.Optional;

/**
 * The profile of a machine, or why it has none.
 *
 * @param profile the one that was chosen
 * @param reason one sentence for an operator
 */
public record ProfileChoice(Optional<HardwareProfile> profile, String reason) {}
