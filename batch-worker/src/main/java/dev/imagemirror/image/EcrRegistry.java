package dev.imagemirror.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an Amazon ECR private registry's host name, in every partition, plain, FIPS and dual-stack. Source:
 * "Amazon ECR endpoints and quotas" in the AWS General Reference. Immutable, thread-safe.
 *
 * @param account the 12-digit account
 * @param region such as {@code eu-central-1}
 * @param dnsSuffix the partition's suffix of plain host names, such as {@code amazonaws.com}
 * @param fips true for a FIPS endpoint
 * @param dualStack true for an IPv4 and IPv6 endpoint
 */
public record EcrRegistry(String account, String region, String dnsSuffix, boolean fips, boolean dualStack) {
    /** Host name of the public gallery. */
    public static final String PUBLIC_HOST = "public.ecr.aws";

    private static final String CHINA_SUFFIX = "amazonaws.com.cn";
    private static final List<String> SUFFIXES = List.of(
            "amazonaws.com",
            CHINA_SUFFIX,
            "amazonaws.eu",
            "c2s.ic.gov",
            "sc2s.sgov.gov",
            "cloud.adc-e.uk",
            "csp.hci.ic.gov");
    /** For the partitions with another suffix; see "partitions.json" of the AWS SDKs. */
    private static final Map<String, String> SUFFIX_BY_REGION = Map.of(
            "cn-", CHINA_SUFFIX,
            "eusc-", "amazonaws.eu",
            "us-iso-", "c2s.ic.gov",
            "us-isob-", "sc2s.sgov.gov",
            "eu-isoe-", "cloud.adc-e.uk",
            "us-isof-", "csp.hci.ic.gov");

    private static final String ACCOUNT = "(?<account>[0-9]{12})";
    private static final String REGION = "(?<region>[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})";
    private static final Pattern PLAIN =
            Pattern.compile(ACCOUNT + "\\.dkr\\.ecr(?<fips>-fips)?\\." + REGION + "\\.(?<suffix>[a-z0-9.-]+)");
    private static final Pattern DUAL_STACK = Pattern.compile(
            ACCOUNT + "\\.dkr-ecr(?<fips>-fips)?\\." + REGION + "\\.on\\.(?<suffix>aws|amazonwebservices\\.com\\.cn)");

    /** The ECR registry that {@code host} names; empty if it is another registry. */
    public static Optional<EcrRegistry> of(String host) {
        Matcher plain = PLAIN.matcher(host);
        if (plain.matches() && SUFFIXES.contains(plain.group("suffix"))) {
            return Optional.of(parts(plain, plain.group("suffix"), false));
        }
        Matcher dual = DUAL_STACK.matcher(host);
        if (dual.matches()) {
            return Optional.of(parts(dual, dual.group("suffix").equals("aws") ? "amazonaws.com" : CHINA_SUFFIX, true));
        }
        return Optional.empty();
    }

    /** The registry of an account in a region; empty if either is malformed. */
    public static Optional<EcrRegistry> in(String account, String region) {
        String suffix = SUFFIX_BY_REGION.entrySet().stream()
                .filter(partition -> region.startsWith(partition.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("amazonaws.com");
        return of(account + ".dkr.ecr." + region + "." + suffix);
    }

    /** The registry's host name without FIPS and dual-stack. */
    public String plainHost() {
        return account + ".dkr.ecr." + region + "." + dnsSuffix;
    }

    private static EcrRegistry parts(Matcher host, String suffix, boolean dualStack) {
        return new EcrRegistry(
                host.group("account"), host.group("region"), suffix, host.group("fips") != null, dualStack);
    }
}
