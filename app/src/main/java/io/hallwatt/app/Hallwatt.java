package io.hallwatt.app;

import io.hallwatt.app.command.AggregateCommand;
import io.hallwatt.app.command.AlertingCommand;
import io.hallwatt.app.command.AlertsCommand;
import io.hallwatt.app.command.BenchNotBuilt;
import io.hallwatt.app.command.DemoCommand;
import io.hallwatt.app.command.DoctorCommand;
import io.hallwatt.app.command.HealthCommand;
import io.hallwatt.app.command.IngestCommand;
import io.hallwatt.app.command.NumberText;
import io.hallwatt.app.command.ReplayCommand;
import io.hallwatt.app.command.RulesCommand;
import io.hallwatt.app.command.RunCommand;
import io.hallwatt.app.command.SiteCommand;
import io.hallwatt.app.command.StageOptions;
import io.hallwatt.app.command.SummaryCommand;
import io.hallwatt.app.command.TopicsCommand;
import io.hallwatt.app.command.WordText;
import io.hallwatt.app.config.ConfigCheck;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.config.SettingDefaults;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.InvalidInput;
import io.hallwatt.contract.config.Said;
import io.hallwatt.ingest.publish.PublishFailed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code hallwatt} command. Its words and exit codes are kept stable, since scripts call it. */
@Command(
        name = "hallwatt",
        description = "Telemetry for data centres that must prove what their power does.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpWidth = 80,
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            RunCommand.class,
            IngestCommand.class,
            AggregateCommand.class,
            AlertingCommand.class,
            SiteCommand.class,
            RulesCommand.class,
            AlertsCommand.class,
            TopicsCommand.class,
            SummaryCommand.class,
            DoctorCommand.class,
            HealthCommand.class,
            CommandLine.HelpCommand.class,
            AutoComplete.GenerateCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it succeeded",
            "1:what it checked does not hold",
            "2:bad usage or a bad input file",
            "3:something it needs is away (broker, port, directory, Java)",
            "70:a fault of hallwatt itself; --debug shows where"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt demo                     the whole pipeline, simulated, live view",
            "  hallwatt demo --for 60s --json    the same for a minute, then a summary",
            "  hallwatt site check site.yaml     every fault of a site file, with its line",
            "  hallwatt COMMAND --help           more on one command"
        })
public final class Hallwatt {
    /** Exit codes of every command. */
    public static final int DOES_NOT_HOLD = 1;

    static final int BAD_INPUT = 2;
    static final int AWAY = 3;
    static final int OUR_FAULT = 70;

    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(
            names = "--debug",
            description = "Show where in the code an error arose.",
            scope = ScopeType.INHERIT,
            order = 100)
    private boolean debug;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never; NO_COLOR is obeyed (default: auto).",
            scope = ScopeType.INHERIT,
            order = 101)
    private Terminal.Colour colour = Terminal.Colour.AUTO;

    Hallwatt(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /** The process: exits with the command's code. Figures and addresses read alike wherever it runs, whatever digits and points people write there. */
    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        Map<String, String> environment = System.getenv();
        System.exit(execute(Terminal.ofProcess(environment), environment, args));
    }

    /** Runs one command and gives its exit code. Nothing escapes: what goes wrong is said on the terminal's {@code err}. */
    public static int execute(Terminal terminal, Map<String, String> environment, String... args) {
        Hallwatt hallwatt = new Hallwatt(terminal, environment);
        CommandLine line = new CommandLine(hallwatt);
        ServiceLoader.load(ExtraCommand.class).forEach(line::addSubcommand);
        if (!line.getSubcommands().containsKey("bench")) {
            line.addSubcommand(new BenchNotBuilt());
        }
        NumberText.registerIn(line);
        WordText.registerIn(line);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colours() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler(hallwatt::misused);
        line.setExecutionExceptionHandler((e, command, result) -> hallwatt.failed(e));
        line.setUsageHelpWidth(80);
        try {
            ConfigFile file = SettingDefaults.fileNamedIn(args, environment);
            new ConfigCheck(file, line, StageOptions.DEFAULTS).check(args);
            line.setDefaultValueProvider(new SettingDefaults(file, environment, args));
            return line.execute(args);
        } catch (InvalidInput e) {
            return hallwatt.failed(e);
        }
    }

    /** Where commands write. */
    public Terminal terminal() {
        return terminal.with(colour);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The object behind the top command, from any command below it. */
    public static Hallwatt of(CommandSpec spec) {
        return (Hallwatt) spec.root().userObject();
    }

    private int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(terminal.red("hallwatt: ") + asGiven(String.valueOf(e.getMessage()), e.getArgSpec(), args));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.printf("Try: %s --help%n", command.getCommandSpec().qualifiedName());
        return BAD_INPUT;
    }

    /** Of an option with several names picocli tells the longest; the one that was given is what the reader looks for. */
    private static String asGiven(String message, @Nullable ArgSpec argument, String[] args) {
        return argument instanceof OptionSpec option
                ? Arrays.stream(option.names())
                        .filter(name ->
                                Arrays.stream(args).anyMatch(word -> word.equals(name) || word.startsWith(name + "=")))
                        .findFirst()
                        .map(given -> message.replace("'" + option.longestName() + "'", "'" + given + "'"))
                        .orElse(message)
                : message;
    }

    private int failed(Exception e) {
        Terminal to = terminal();
        if (debug) {
            e.printStackTrace(to.err());
        }
        return switch (e) {
            case InvalidInput invalid -> {
                invalid.faults().forEach(to::say);
                yield BAD_INPUT;
            }
            case Unavailable away -> {
                to.say(String.valueOf(away.getMessage()));
                yield AWAY;
            }
            case PublishFailed refused -> {
                to.say(String.valueOf(refused.getMessage()));
                yield AWAY;
            }
            default -> {
                to.say("hallwatt: a fault of its own: %s. Run it again with --debug and report what it shows."
                        .formatted(Said.of(e.toString())));
                yield OUR_FAULT;
            }
        };
    }
}
