package io.hallwatt.app.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where an option that was not given finds its value: {@code HALLWATT_LONG_NAME}, else the top of the configuration file, else its own default. */
public final class SettingDefaults implements IDefaultValueProvider {
    private static final String CONFIG = "--config";

    private final ConfigFile file;
    private final Map<String, String> environment;
    private final List<String> args;

    /** @param args the command line */
    public SettingDefaults(ConfigFile file, Map<String, String> environment, String[] args) {
        this.file = file;
        this.environment = environment;
        this.args = List.of(args);
    }

    /**
     * The file that the arguments or the environment name; it must be known before the other options are read.
     *
     * @throws io.hallwatt.contract.config.InvalidInput if it cannot be read
     */
    public static ConfigFile fileNamedIn(String[] args, Map<String, String> environment) {
        return named(args)
                .or(() -> Optional.ofNullable(environment.get(SettingNames.environment("", "config"))))
                .map(name -> ConfigFile.read(Path.of(name)))
                .orElse(ConfigFile.NONE);
    }

    public ConfigFile file() {
        return file;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        List<String> keys = keys(option);
        if (keys.isEmpty() || isSwitchGiven(option)) {
            return null;
        }
        String inEnvironment = environment.get(SettingNames.environment("", keys.getFirst()));
        return inEnvironment != null
                ? inEnvironment
                : keys.stream()
                        .flatMap(key -> (option.isMultiValue() ? file.options(key) : file.option(key)).stream())
                        .findFirst()
                        .orElse(null);
    }

    /**
     * The keys that set the option from a file: its long names, the longest first. Empty for what only makes sense on the command line: help, the file's own
     * name, and maps, which have sections.
     */
    static List<String> keys(OptionSpec option) {
        if (option.usageHelp()
                || option.versionHelp()
                || Map.class.isAssignableFrom(option.type())
                || option.longestName().equals(CONFIG)) {
            return List.of();
        }
        return Arrays.stream(option.names())
                .filter(name -> name.startsWith("--"))
                .map(name -> name.substring(2))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** A switch on the command line turns its default round: one that is on by the file would be turned off. */
    private boolean isSwitchGiven(OptionSpec option) {
        return option.arity().max() == 0 && args.contains(option.longestName());
    }

    private static Optional<String> named(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith(CONFIG + "=")) {
                return Optional.of(args[i].substring(CONFIG.length() + 1));
            }
            if (args[i].equals(CONFIG) && i + 1 < args.length) {
                return Optional.of(args[i + 1]);
            }
        }
        return Optional.empty();
    }
}
