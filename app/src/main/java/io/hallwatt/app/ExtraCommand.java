package io.hallwatt.app;

import java.util.concurrent.Callable;

/** A subcommand that another module brings, which {@code app} does not know: found by {@link java.util.ServiceLoader}, annotated for picocli. */
public interface ExtraCommand extends Callable<Integer> {}
