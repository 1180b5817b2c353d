/** Stands in for web3j's own package of this name. */
@NullMarked
package org.web3j.ens;

import org.jspecify.annotations.NullMarked;
