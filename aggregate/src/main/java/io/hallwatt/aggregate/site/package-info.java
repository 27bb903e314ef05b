/** One site: its halls' closed windows and its supply to the site's windows and hours. Pure; fed by the stage's processors. */
@NullMarked
package io.hallwatt.aggregate.site;

import org.jspecify.annotations.NullMarked;
