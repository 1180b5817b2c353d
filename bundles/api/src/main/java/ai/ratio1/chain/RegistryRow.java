package ai.ratio1.chain;

import ai.ratio1.base.EvmAddress;

/**
 * A licence that has a row in an epoch, and the node it was linked to throughout.
 *
 * @param licence which licence
 * @param node which node
 */
public record RegistryRow(LicenceId licence, EvmAddress node) {}
