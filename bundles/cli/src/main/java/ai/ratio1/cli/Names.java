package ai.ratio1.cli;

import ai.ratio1.base.EvmAddress;
import ai.ratio1.chain.Licence;
import ai.ratio1.devnet.NetworkFile;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/**
 * The names the devnet gave to addresses.
 *
 * @param owners owner by address
 * @param nodes node by address
 */
record Names(Map<String, String> owners, Map<String, String> nodes) {

  static Names of(Context context) {
    NetworkFile network = context.network();
    Map<String, String> owners = new HashMap<>();
    network.owners().forEach((name, address) -> owners.put(address, name));
    return new Names(owners, context.nodeNames());
  }

  String owner(EvmAddress address) {
    return owners.getOrDefault(address.toHex(), address.toHex());
  }

  String node(EvmAddress address) {
    return nodes.getOrDefault(address.toHex(), address.toHex());
  }

  ObjectNode describe(Licence licence) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("licence", licence.id().toString())
        .put("owner", licence.owner().toHex())
        .put("ownerName", owner(licence.owner()))
        .put("banned", licence.banned())
        .put("claimed", licence.claimed().toString());
    licence.node().ifPresent(n -> json.put("node", n.toHex()).put("nodeName", node(n)));
    licence.linkedSince().ifPresent(t -> json.put("linkedSince", t.toString()));
    return json;
  }
}
