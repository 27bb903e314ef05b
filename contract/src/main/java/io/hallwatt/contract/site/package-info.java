/** The site model: halls, racks, feeds, cooling, supply; loading and checking site.yaml. */
@NullMarked
package io.hallwatt.contract.site;

import org.jspecify.annotations.NullMarked;
