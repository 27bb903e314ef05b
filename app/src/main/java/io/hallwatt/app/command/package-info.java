/** The subcommands, one class each, and the options that several of them share. */
@NullMarked
package io.hallwatt.app.command;

import org.jspecify.annotations.NullMarked;
