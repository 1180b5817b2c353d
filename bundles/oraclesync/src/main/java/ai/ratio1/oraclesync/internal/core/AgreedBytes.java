package ai.ratio1.oraclesync.internal.core;

import ai.ratio1.base.EvmAddress;
import java.util.Map;

/**
 * What was agreed about some nodes in one epoch.
 *
 * @param values the bytes of those that had a row
 * @param voided whether nobody certified the epoch
 */
public record AgreedBytes(Map<EvmAddress, Integer> values, boolean voided) {}
