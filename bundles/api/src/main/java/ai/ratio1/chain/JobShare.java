package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;

/**
 * What a node earns for a Node Deed in a term of a job.
 *
 * @param node which node
 * @param licence the deed it was linked to
 */
public record JobShare(EvmAddress node, LicenceId licence) {}
