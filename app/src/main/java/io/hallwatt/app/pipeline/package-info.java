/** The stages joined in one process, and one run of them: from its baseline to its summary. */
@NullMarked
package io.hallwatt.app.pipeline;

import org.jspecify.annotations.NullMarked;
