package io.hallwatt.app.config;

import io.hallwatt.contract.config.InvalidInput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Finds every fault of a configuration file before a command starts, so that nobody mends one to meet the next. The file is judged by itself: what flags and
 * the environment put in place of its values makes a wrong one no better.
 */
public final class ConfigCheck {
    private final ConfigFile file;
    private final CommandLine top;
    private final Map<String, ? extends Record> stages;

    /**
     * @param top    the command above all others: one file may serve several, so a key of any of them may stand in it
     * @param stages the sections' defaults, by their names
     */
    public ConfigCheck(ConfigFile file, CommandLine top, Map<String, ? extends Record> stages) {
        this.file = file;
        this.top = top;
        this.stages = stages;
    }

    /**
     * Checks the whole file for the command that the arguments call.
     *
     * @throws InvalidInput with every fault
     */
    public void check(String[] args) {
        Set<String> known = new LinkedHashSet<>(ConfigFile.SECTIONS);
        collect(top, known);
        Map<String, OptionSpec> called = byName(called(args));
        for (String key : file.keys()) {
            if (ConfigFile.SECTIONS.contains(key)) {
                continue;
            }
            if (!known.contains(key)) {
                file.unknown(key, known);
                continue;
            }
            OptionSpec option = called.get(key);
            Optional<String> text = option == null || option.isMultiValue() ? file.options(key) : file.option(key);
            if (option != null && text.isPresent()) {
                refusal(option, text.get()).ifPresent(what -> file.wrong(key, what));
            }
        }
        file.kafka();
        Set<String> faults = new LinkedHashSet<>(file.faults().list());
        stages.forEach((stage, defaults) -> {
            try {
                new StageConfig(file, Map.of(), Map.of()).of(stage, defaults);
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        });
        if (!faults.isEmpty()) {
            throw new InvalidInput(new ArrayList<>(faults));
        }
    }

    /** Why an option would not take the text, if it would not. */
    private static Optional<String> refusal(OptionSpec option, String text) {
        OptionSpec alone = OptionSpec.builder("--value")
                .type(option.type())
                .auxiliaryTypes(option.auxiliaryTypes())
                .converters(option.converters())
                .arity("1")
                .build();
        CommandLine line = new CommandLine(CommandSpec.create().addOption(alone));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        try {
            line.parseArgs("--value=" + text);
            return Optional.empty();
        } catch (ParameterException e) {
            Throwable told = e.getCause() instanceof TypeConversionException cause ? cause : e;
            return Optional.of(String.valueOf(told.getMessage()));
        }
    }

    private CommandLine called(String[] args) {
        CommandLine command = top;
        for (String arg : args) {
            @Nullable CommandLine below = command.getSubcommands().get(arg);
            command = below == null ? command : below;
        }
        return command;
    }

    private static void collect(CommandLine command, Set<String> names) {
        names.addAll(byName(command).keySet());
        command.getSubcommands().values().forEach(below -> collect(below, names));
    }

    private static Map<String, OptionSpec> byName(CommandLine command) {
        Map<String, OptionSpec> options = new LinkedHashMap<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            SettingDefaults.keys(option).forEach(key -> options.put(key, option));
        }
        return options;
    }
}
