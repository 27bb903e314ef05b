package io.hallwatt.app.command;

import picocli.CommandLine.Command;

/** {@code hallwatt rules check | test | export | explain | backtest}. */
@Command(
        name = "rules",
        description = "Check and test alert rules, explain them, and export them to Prometheus.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            RulesCheckCommand.class,
            RulesTestCommand.class,
            RulesBacktestCommand.class,
            RulesExplainCommand.class,
            RulesExport.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hallwatt rules check rules.yaml more.yaml",
            "  hallwatt rules test rules-test.yaml",
            "  hallwatt rules explain RackFeedOverload --hall h02 --rack r007",
            "  hallwatt rules backtest --rules rules.yaml --data-dir data --against-log",
            "  hallwatt rules export rules.yaml --out prometheus-rules.yaml"
        })
public final class RulesCommand {}
