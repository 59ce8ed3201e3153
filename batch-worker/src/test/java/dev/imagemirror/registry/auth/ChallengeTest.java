package dev.imagemirror.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.ParserCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChallengeTest {
    private static final Challenge BEARER = new Challenge(
            "bearer",
            Map.of(
                    "realm",
                    "https://auth.example.com/token",
                    "service",
                    "example",
                    "scope",
                    "repository:a/b:pull,push"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm='https://auth.example.com/token',service='example',scope='repository:a/b:pull,push'",
                "Bearer scope='repository:a/b:pull,push',service='example',realm='https://auth.example.com/token'",
                "bearer realm=https://auth.example.com/token, service=example, scope='repository:a/b:pull,push'",
                "BEARER  REALM = 'https://auth.example.com/token' ,\tService= example,Scope ='repository:a/b:pull,push'",
                " , Bearer realm='https://auth.example.com/token',,service='example',scope='repository:a/b:pull,push',",
                "Bearer realm='https://auth.example.com/token' service='example' scope='repository:a/b:pull,push'",
                "Bearer realm='https:\\/\\/auth.example.com/token',service='ex\\ample',scope='repository:a/b:pull,push'",
            })
    void isReadInEveryWayOfWritingIt(String header) {
        assertThat(parse(header)).containsExactly(BEARER);
    }

    @Test
    void namesSchemeAndParametersInLowerCase() {
        Challenge challenge = parse("BaSiC ReAlM='Registry Realm'").get(0);

        assertThat(challenge.scheme()).isEqualTo("basic");
        assertThat(challenge.parameter("realm")).isEqualTo("Registry Realm");
        assertThat(challenge.parameter("service")).isNull();
    }

    @Test
    void keepsSeveralApart() {
        assertThat(parse("Negotiate, Basic realm='a, Bearer realm=x', Bearer realm='b',error='invalid_token', NTLM"))
                .containsExactly(
                        new Challenge("negotiate", Map.of()),
                        new Challenge("basic", Map.of("realm", "a, Bearer realm=x")),
                        new Challenge("bearer", Map.of("realm", "b", "error", "invalid_token")),
                        new Challenge("ntlm", Map.of()));
    }

    @Test
    void keepsQueriesAndEqualsSignsOfValues() {
        assertThat(parse("Bearer realm=https://a.io/t?x=1&y=2,service=s=1")
                        .get(0)
                        .parameters())
                .isEqualTo(Map.of("realm", "https://a.io/t?x=1&y=2", "service", "s=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Negotiate, Bearer realm='https://auth.example.com/token'",
                "Negotiate,Bearer realm='https://auth.example.com/token'",
                ", Bearer realm='https://auth.example.com/token'",
                "Bearer realm='https://auth.example.com/token',,",
                "Bearer realm='https://auth.example.com/token' service='example'",
            })
    void isReadWhereHttpClientsParserFails(String header) {
        assertThat(parse(header)).anyMatch(ChallengeTest::isUsable);
        assertThat(byHttpClient(header.replace('\'', '"')))
                .as("if it can be read, Challenge.Parser can go")
                .noneMatch(ChallengeTest::isUsable);
    }

    @Test
    void passesOverATokenInPlaceOfParameters() {
        assertThat(parse("Negotiate dGVzdA==, Basic realm='a'")).contains(new Challenge("basic", Map.of("realm", "a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ",,,", "=", "''", "'", "=,=", "\t"})
    void isNotFoundInNothing(String header) {
        assertThat(parse(header)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer realm='https://a.io", "Bearer realm='https://a.io\\", "Bearer realm=https://a.io"})
    void isReadToTheEndOfWhatWasCutOff(String header) {
        assertThat(parse(header))
                .hasSize(1)
                .first()
                .extracting(Challenge::scheme)
                .isEqualTo("bearer");
        assertThat(parse(header).get(0).parameter("realm")).startsWith("https://a.io");
    }

    @Test
    void neverBreaksOnGarbage() {
        Random random = new Random(7);
        String letters = "ab=,\" \t\\'/:;Bearer\u00e4\u0000";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder header = new StringBuilder();
            for (int length = random.nextInt(20); length > 0; length--) {
                header.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(Challenge.parse(header.toString()))
                    .as("%s", header)
                    .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
        }
    }

    private static boolean isUsable(Challenge challenge) {
        return challenge.scheme().equals("bearer")
                && "https://auth.example.com/token".equals(challenge.parameter("realm"));
    }

    private static List<Challenge> byHttpClient(String header) {
        try {
            return AuthChallengeParser.INSTANCE
                    .parse(ChallengeType.TARGET, header, new ParserCursor(0, header.length()))
                    .stream()
                    .map(ChallengeTest::ours)
                    .toList();
        } catch (ParseException e) {
            return List.of();
        }
    }

    private static Challenge ours(AuthChallenge theirs) {
        Map<String, String> parameters = new TreeMap<>();
        if (theirs.getParams() != null) {
            theirs.getParams().forEach(pair -> parameters.put(lower(pair.getName()), pair.getValue()));
        }
        return new Challenge(lower(theirs.getSchemeName()), parameters);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static List<Challenge> parse(String header) {
        return Challenge.parse(header.replace('\'', '"'));
    }
}
