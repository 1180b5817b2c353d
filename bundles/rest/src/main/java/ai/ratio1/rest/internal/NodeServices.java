package ai.ratio1.rest.internal;

import ai.ratio1.availability.AvailabilityLedger;
import ai.ratio1.availability.Heartbeat;
import ai.ratio1.capability.CapabilityLedger;
import ai.ratio1.chain.Chain;
import ai.ratio1.chain.Licences;
import ai.ratio1.consensus.Agreement;
import ai.ratio1.consensus.Epochs;
import ai.ratio1.dauth.DAuth;
import ai.ratio1.dauth.Session;
import ai.ratio1.identity.NodeIdentity;
import ai.ratio1.identity.Signatures;
import ai.ratio1.settings.Refusals;
import ai.ratio1.transport.Transport;
import java.util.Optional;

/** The node's services as they are now; each may come and go. */
interface NodeServices {

  Optional<NodeIdentity> identity();

  Optional<Signatures> signatures();

  Optional<DAuth> dauth();

  Optional<Session> session();

  Optional<Transport> transport();

  Optional<Chain> chain();

  Optional<Licences> licences();

  Optional<Epochs> epochs();

  Optional<Agreement> agreement();

  Optional<Heartbeat> heartbeat();

  Optional<AvailabilityLedger> ledger();

  Optional<CapabilityLedger> capabilities();

  Optional<Refusals> refusals();
}
