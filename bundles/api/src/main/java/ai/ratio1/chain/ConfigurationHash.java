package ai.ratio1.chain;

import ai.ratio1.base.Bytes32;
import java.time.Instant;

/**
 * Hash of the configuration of a group of nodes or of one node.
 *
 * @param version counts the configurations of this scope, from 1
 * @param sha256 SHA-256 of the configuration
 * @param expires last moment in which a node may take it, whole seconds
 */
public record ConfigurationHash(long version, Bytes32 sha256, Instant expires) {}
