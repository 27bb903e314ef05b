/** What is deployed: the compose file, the dashboards, the images. Tests that start containers skip, with the reason, where Docker or an image is away. */
@NullMarked
package io.hallwatt.app.container;

import org.jspecify.annotations.NullMarked;
