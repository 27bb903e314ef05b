package io.hallwatt.app.command;

import io.hallwatt.alerting.evaluate.Inventory;
import io.hallwatt.alerting.rule.RuleSet;
import io.hallwatt.alerting.trial.Mismatch;
import io.hallwatt.alerting.trial.RuleTest.Shown;
import io.hallwatt.alerting.trial.TestFile;
import io.hallwatt.alerting.trial.Trial;
import io.hallwatt.app.Hallwatt;
import io.hallwatt.app.config.ConfigFile;
import io.hallwatt.app.summary.SummaryJson;
import io.hallwatt.app.terminal.Terminal;
import io.hallwatt.contract.config.Durations;
import io.hallwatt.contract.config.InvalidInput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hallwatt rules test}. */
@Command(
        name = "test",
        description = {
            "Run unit tests of alert rules, in promtool's file form.",
            "By the engine that runs live: series in, and which alerts are to fire when."
                    + " Exits with 1 if a test fails, with 2 if a file is bad."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RulesTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Test files; they name the rule files.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    /** What came of one file. */
    private record Verdict(Path file, int tests, List<Mismatch> mismatches) {}

    @Override
    public Integer call() {
        Inventory inventory = model.inventory();
        List<String> faults = new ArrayList<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (Path file : files) {
            try {
                verdicts.add(run(file, inventory));
            } catch (InvalidInput e) {
                faults.addAll(e.faults());
            }
        }
        Terminal terminal = Hallwatt.of(spec).terminal();
        if (json) {
            terminal.out().println(SummaryJson.write(document(verdicts)));
        } else {
            verdicts.forEach(verdict -> show(verdict, terminal));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return verdicts.stream().allMatch(verdict -> verdict.mismatches().isEmpty()) ? 0 : Hallwatt.DOES_NOT_HOLD;
    }

    private static Verdict run(Path file, Inventory inventory) {
        TestFile read =
                TestFile.read(file.toString(), ConfigFile.text(file, "test", "the name"), names -> rules(file, names));
        List<Mismatch> mismatches = new ArrayList<>();
        read.tests().forEach(test -> mismatches.addAll(Trial.run(read.rules(), inventory, test)));
        return new Verdict(file, read.tests().size(), mismatches);
    }

    /** From the test file's folder; names may have * and ?, as in promtool. */
    private static RuleSet rules(Path file, List<String> names) {
        List<Path> found = new ArrayList<>();
        for (String name : names) {
            Path path = file.resolveSibling(name);
            if (name.indexOf('*') < 0 && name.indexOf('?') < 0) {
                found.add(path);
            } else {
                found.addAll(matching(file, path));
            }
        }
        return StageOptions.read(found);
    }

    private static List<Path> matching(Path file, Path pattern) {
        Path folder = pattern.toAbsolutePath().getParent();
        String name = String.valueOf(pattern.getFileName());
        List<Path> found = List.of();
        if (folder != null && Files.isDirectory(folder)) {
            try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, name)) {
                found = StreamSupport.stream(matching.spliterator(), false)
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new InvalidInput("%s: %s cannot be looked through: %s".formatted(file, folder, e.getMessage()));
            }
        }
        if (found.isEmpty()) {
            throw new InvalidInput("%s: rule_files: no file is called %s".formatted(file, pattern));
        }
        return found;
    }

    private static void show(Verdict verdict, Terminal terminal) {
        terminal.out().println("Unit Testing:  " + verdict.file());
        if (verdict.mismatches().isEmpty()) {
            terminal.out().println(terminal.green("  SUCCESS"));
        } else {
            terminal.out().println(terminal.red("  FAILED:"));
            verdict.mismatches().forEach(mismatch -> terminal.out().println(mismatch.text()));
        }
        terminal.out().println();
    }

    private static Map<String, Object> document(List<Verdict> verdicts) {
        List<Object> each = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("file", verdict.file().toString());
            one.put("tests", verdict.tests());
            one.put(
                    "failed",
                    verdict.mismatches().stream()
                            .map(RulesTestCommand::document)
                            .toList());
            each.add(one);
        }
        return Map.of("files", each);
    }

    private static Map<String, Object> document(Mismatch mismatch) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("test", mismatch.test());
        document.put("alertname", mismatch.alertname());
        document.put("evalTime", Durations.format(mismatch.at()));
        document.put("expected", shown(mismatch.expected()));
        document.put("got", shown(mismatch.got()));
        return document;
    }

    private static List<Object> shown(List<Shown> alerts) {
        List<Object> shown = new ArrayList<>();
        alerts.forEach(alert -> shown.add(Map.of("labels", alert.labels(), "annotations", alert.annotations())));
        return shown;
    }
}
