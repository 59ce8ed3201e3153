package dev.imagemirror.operator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/cost.md: all sums, worked out again from the prices that it lists, and alarms counted in the template. */
class CostTest {
    private static final List<String> MODES = List.of("Service", "Scheduled", "Events");
    private static final double HOURS = 730;
    private static final double MILLION = 1_000_000;
    private static final int ALL = 10_000;

    private final Map<String, List<String>> rows = new HashMap<>();
    private final Prices prices = new Prices(this::row);

    CostTest() {
        try {
            for (String line : Files.readAllLines(Path.of("..", "docs", "cost.md"))) {
                String[] cells = line.split("[|]", -1);
                if (line.startsWith("| ")) {
                    rows.put(cells[1].strip(), List.of(cells).subList(2, cells.length - 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> row(String beginning) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().startsWith(beginning))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + beginning))
                .getValue();
    }

    @Test
    void standingCosts() {
        double task = prices.fargate(0.5, 1, 1) * HOURS;
        double polls = prices.of("SQS", 0) * 3 * 60 * HOURS / MILLION;
        assertRow("operator:", task);
        assertRow("its address", prices.of("public IPv4", 0) * HOURS);
        assertThat(row("long polling")).map(String::strip).containsExactly(money(polls), "", money(5 * polls));
        assertRow("following the status", 4 * 3600 * HOURS * prices.of("DynamoDB streams", 0) / 100_000);
        for (String mode : MODES) {
            assertThat(cell("alarms and metrics", mode)).isEqualTo(money(alarms(mode)));
            assertThat(cell("dashboard", mode)).isEqualTo(money(prices.of("CloudWatch", 3)));
            assertThat(cell("**sum**", mode)).isEqualTo("**" + money(standing(mode)) + "**");
        }
    }

    /** The sum of what the table shows, as a reader adds it up. */
    private double standing(String mode) {
        double sum = 0;
        for (String part : List.of(
                "operator:",
                "its address",
                "long polling",
                "following the status",
                "alarms and metrics",
                "dashboard")) {
            sum += amount(cell(part, mode));
        }
        return sum;
    }

    private double alarms(String mode) {
        Stack stack = Template.read("environment.yaml").stack(Map.of("OperatorMode", mode));
        long alarms = count(stack, "AWS::CloudWatch::Alarm");
        return alarms * prices.of("CloudWatch", 1)
                + count(stack, "AWS::Logs::MetricFilter") * prices.of("CloudWatch", 2);
    }

    private static long count(Stack stack, String type) {
        return stack.resources().values().stream()
                .filter(each -> each.path("Type").asText().equals(type))
                .count();
    }

    @Test
    void partsOfTenThousandMappings() {
        Parts parts = new Parts(prices, ALL);
        for (String mode : MODES) {
            parts.of(mode)
                    .forEach((part, cost) -> assertThat(cell(part, mode))
                            .as("%s of mode %s", part, mode)
                            .isEqualTo(money(cost)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, ALL})
    void sumsOfMappings(int mappings) {
        Parts parts = new Parts(prices, mappings);
        String name = String.format(Locale.ROOT, "%,d", mappings);
        for (String mode : MODES) {
            double sum = standing(mode)
                    + parts.of(mode).values().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum();
            assertThat(cell(name, mode)).as("%s of mode %s", name, mode).isEqualTo("$" + Math.round(sum));
        }
        double jobs = parts.of("Service").get("copies") + parts.of("Service").get("their logs");
        assertThat(row(name).get(3).strip()).isEqualTo(money(jobs));
    }

    @Test
    void remainingFigures() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "cost.md"));
        assertThat(text)
                .contains(String.format(
                        Locale.ROOT,
                        "minutes ($%.5f with its address)",
                        prices.fargate(0.5, 1, 1) / 30 + prices.of("public IPv4", 0) / 30))
                .contains("$%.2f of logs".formatted(15_000 * 50e-6 * prices.of("CloudWatch", 0)))
                .contains("A second replica adds $%d"
                        .formatted(Math.round(
                                amount(cell("operator:", "Service")) + amount(cell("its address", "Service")))))
                .contains(
                        money(2 * amount(cell("following the status", "Service"))) + " for the streams of both tables");
    }

    private void assertRow(String beginning, double ofTheService) {
        assertThat(row(beginning)).map(String::strip).containsExactly(money(ofTheService), "", "");
    }

    private String cell(String row, String mode) {
        return row(row).get(MODES.indexOf(mode)).strip();
    }

    private static String money(double amount) {
        return String.format(Locale.ROOT, "$%.2f", amount);
    }

    private static double amount(String cell) {
        return cell.isEmpty() ? 0 : Double.parseDouble(cell.substring(1));
    }

    private interface Row {
        List<String> get(String beginning);
    }

    /** What the first table lists. */
    private record Prices(Row rows) {
        private static final Pattern AMOUNT = Pattern.compile("\\$([0-9.]*[0-9])");

        /** The price of that number in the row. */
        double of(String row, int number) {
            List<Double> amounts = new ArrayList<>();
            AMOUNT.matcher(rows.get(row).get(0))
                    .results()
                    .forEach(match -> amounts.add(Double.parseDouble(match.group(1))));
            return amounts.get(number);
        }

        double fargate(double vcpu, double gigabytes, double hours) {
            return (vcpu * of("Fargate", 0) + gigabytes * of("Fargate", 1)) * hours;
        }

        double job(double vcpu, double gigabytes, double minutes) {
            return fargate(vcpu, gigabytes, minutes / 60) + of("public IPv4", 0) * minutes / 60;
        }

        double lambda(double seconds, double calls) {
            return seconds * of("Lambda", 0) + calls * of("Lambda", 1) / MILLION;
        }
    }

    /** What grows with the mappings, by part and mode. */
    private record Parts(Prices prices, int mappings) {
        Map<String, Double> of(String mode) {
            double share = (double) mappings / ALL;
            double sweeps = mode.equals("Service") ? 4 * HOURS : HOURS;
            double calls = 100_000 * share;
            double listings = switch (mode) {
                case "Service" -> 6 * HOURS;
                case "Scheduled" -> sweeps + 15_000 * share; // a push's job lists, too
                default -> sweeps + Math.min(60 * HOURS, calls);
            };
            Map<String, Double> parts = new HashMap<>();
            parts.put("comparing", sweeps * mappings * 2 * prices.of("DynamoDB on demand", 0) / MILLION);
            parts.put("writing", HOURS * mappings * 2 * prices.of("DynamoDB on demand", 1) / MILLION);
            parts.put("listing", listings * 2_150 * share * prices.of("DynamoDB on demand", 0) / MILLION);
            parts.put("copies", 15_000 * share * prices.job(0.5, 1, 2));
            parts.put("their logs", (0.38 + 0.15 + 0.02) * share);
            if (mode.equals("Scheduled")) {
                parts.put("sweeps", HOURS * prices.job(0.5, 1, Math.max(1, 5 * share)));
                parts.put("pushes", 15_000 * share * prices.job(0.25, 0.5, 1));
            } else if (mode.equals("Events")) {
                parts.put("sweeps", prices.lambda(HOURS * 300 * share, HOURS));
                parts.put("calls for events", prices.lambda(calls, calls));
            }
            return parts;
        }
    }
}
