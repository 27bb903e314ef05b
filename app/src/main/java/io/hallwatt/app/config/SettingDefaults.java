package io.hallwatt.app.config;

import java.nio.file.Path;
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

    public SettingDefaults(ConfigFile file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
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
        if (!(argument instanceof OptionSpec option)
                || option.isMultiValue()
                || option.longestName().equals(CONFIG)) {
            return null;
        }
        String name = option.longestName().replaceFirst("^-+", "");
        String inEnvironment = environment.get(SettingNames.environment("", name));
        return inEnvironment != null ? inEnvironment : file.option(name).orElse(null);
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
