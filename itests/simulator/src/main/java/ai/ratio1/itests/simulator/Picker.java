package ai.ratio1.itests.simulator;

import ai.ratio1.apbft.internal.core.message.Inputs;
import ai.ratio1.apbft.internal.core.message.Propose;
import ai.ratio1.apbft.internal.core.message.Signed;
import ai.ratio1.base.Bytes32;
import java.util.ArrayList;
import java.util.List;

/** Leaves an honest table out of what it proposes; its justification says what it should be. */
record Picker(Scenario scenario, FaultyVoice voice) {

  void say(Signed<?> message) {
    voice.sendToAll(message.message() instanceof Propose proposal ? picked(proposal) : message);
  }

  private Signed<?> picked(Propose proposal) {
    List<Integer> indices = proposal.inputs().indices();
    int left = Math.floorMod(scenario.seed(), indices.size());
    List<Bytes32> tables = new ArrayList<>(proposal.inputs().tables());
    tables.remove(left);
    int observers = proposal.inputs().observers() & ~(1 << indices.get(left));
    Inputs fewer = new Inputs(observers, tables);
    return voice.sign(
        new Propose(proposal.header(), proposal.view(), fewer, proposal.justification()));
  }
}
