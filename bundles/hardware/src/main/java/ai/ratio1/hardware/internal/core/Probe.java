package ai.ratio1.hardware.internal.core;

import ai.ratio1.hardware.HardwareFact;
import java.util.List;

/** Finds the facts of one kind. Never throws for what files hold. */
interface Probe {

  List<HardwareFact> look(MachineFiles files);
}
