package dev.rootstock.preprocess.mask;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.rootstock.contract.CleaningSpec.Personal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
  private static final Mask ALL = Mask.of(List.of(Personal.values()));
  private static final int LARGE = 1 << 20; // characters

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Write to jane.doe+news@mail.shop.co.uk. | Write to <email>.
          mailto:bob@company.com,<alice@uni.edu> | mailto:<email>,<<email>>
          "o'neil@irish.ie" and müller@straße.de | "<email>" and <email>
          from 66.249.66.1, not "93.184.216.34"! | from <ip>, not "<ip>"!
          http://93.184.216.34:8080/x Host:66.249.66.1 | http://<ip>:8080/x Host:<ip>
          at 2a00:1450:4001:81b::200e now | at <ip> now
          ask 8.8.8.8 or server 5.6.7.8 | ask <ip> or server <ip>
          [2607:f8b0:4005:805:0:0:0:200e]:443 | [<ip>]:443
          +44 20 7946 0958 or +1 (415) 555-2671 | <phone> or <phone>
          (212) 555-0187, 212-555-0187, 1-800-555-0199 | <phone>, <phone>, <phone>
          tel: 2125550187 2125550188 | tel: <phone> <phone>
          Tel. 030 1234567, (030) 1234567, Fax +49 (0)30 123456-78 | Tel. <phone>, <phone>, Fax <phone>
          8 800 555-35-35, 8 (495) 123-45-67, 8-916-123-45-67 | <phone>, <phone>, <phone>
          Ring 020 7946 0018 or 01632 960001, 0161 496 0000 | Ring <phone> or <phone>, <phone>
          mobil 0170 1234567, 03 9876 5432 | mobil <phone>, <phone>
          01 23 45 67 89 et 06.12.34.56.78 | <phone> et <phone>
          电话：13812345678，手机139-1234-5678 | 电话：<phone>，手机<phone>
          03-1234-5678, 010-1234-5678 | <phone>, <phone>
          4111 1111 1111 1111 12/27, 4111 1111 1111 1111 123 | <card> 12/27, <card> 123
          4111 1111 1111 1111 07 2026; 3782 822463 10005 1234 | <card> 07 2026; <card> 1234
          12/27 4111 1111 1111 1111 | 12/27 <card>
          NY 10001 212-555-0123 | NY 10001 <phone>
          (212) 555-0123 (212) 555-0199 (212) 555-0187 | <phone> <phone> <phone>
          212.555.0123 212.555.0199 212.555.0187 | <phone> <phone> <phone>
          01 23 45 67 89 06 12 34 56 78 | <phone> <phone>
          Tel 030 1234567 030 7654321 | Tel <phone> <phone>
          +1 212 555 0123 10001 | <phone> 10001
          john@acme.com- john@acme.com-based john@acme.com.2 | <email>- <email>-based <email>.2
          at 2001:4860:4860::8888. IP:2001:4860:4860::8844 | at <ip>. IP:<ip>
          redis://:hunter2pass@host | redis://:<secret>@host
          DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000 | <iban>
          4111 1111 1111 1111 or 4111-1111-1111-1111 | <card> or <card>
          378282246310005, 3782 822463 10005 | <card>, <card>
          DE89 3704 0044 0532 0130 00. GB82WEST12345698765432 | <iban>. <iban>
          AKIAIOSFODNN7EXAMPLE | <secret>
          ghp_16C7e42F292c6912E7710c838347Ae178B4a | <secret>
          xoxb-123456789012-abcdefABCDEF | <secret>
          eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.dozjgNryP4J3 | <secret>
          password = "hunter2Xy9z", DB_PASSWORD: s3cr3tP4ss! | password = "<secret>", DB_PASSWORD: <secret>
          postgres://admin:secret@db:5432/x | postgres://admin:<secret>@db:5432/x
          aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCY | aws_secret_access_key=<secret>
          """)
  void isFound(String text, String masked) {
    assertThat(ALL.apply(text).text()).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git@github.com:foo/bar.git, logo@2x.png, user@localhost, x@example.com, @name, a@b",
        "10.0.0.1, 192.168.1.1, 127.0.0.1, 172.16.0.1, 203.0.113.9, 0.0.0.0, 255.255.255.0",
        "version 12.34.56.78, v66.249.66.1, Chrome/120.0.60.99, section 12.3.4.15, 1.2.3.4, 8.2.4.45",
        "server version 5.6.7.8",
        "66.249.66.1.5, 66.249.66.300, 1-66.249.66.1, 66.249.66.1-2",
        "2001:db8::1, fe80::1, ::1, 12:34:56, a::b, aa:bb:cc:dd:ee:ff, std::vector<int>, 10:20",
        "2023-01-15, 12-31-2023, 31.12.2023, 1999-2003, 12/31/2023, 2023-01-15 10:20:30",
        "ISBN 978-3-16-148410-0, ISBN 0-306-40615-2, ISSN 1234-5679, doi:10.1000/182",
        "order 2125550187, 13812345678, 1234567890123, No. 212-555-0187, $212-555-0187",
        "The population was 1,234,567,890, or 555 1234 5678 900 of them; 3.14159265358979",
        "4111 1111 1111 1112, 4111111111111111abcdef, 0.4111111111111111, 1234 5678 9012 3456",
        "01 02 03 04 05 06 07, 75 01 23 45 67 89 12, 4111 1111 1111 1112 12/27, 1-2-3 4.5.6 7",
        "8 800 555 of 35, 8 000 000 rubles, 5-123-456-78-90, 00 7946 0018, 010 12 of 0001 0002 003",
        "2023.01.15 2023.01.16 2023.01.17, 978 3 16 148410 0 978 3 16 148410 1, 1.2.3 1.2.4 1.2.5",
        "lodash@4.17.21, pkg@1.2.beta.2x, logo@2x.png.1, x@example.com-based",
        "DE88 3704 0044 0532 0130 00, DE89 3704 0044, XX89 3704 0044 0532 0130 00",
        "d41d8cd98f00b204e9800998ecf8427e, 4a1b2c3d4e5f60718293a4b5c6d7e8f901234567",
        "123e4567-e89b-12d3-a456-426614174000, sha256:9f86d081884c7d659a2feaa0c55ad015",
        "password: your password here; token: the next word; secret = process.env.SECRET_KEY1",
        "passwordField = getPassword1234(); the secret: nothing; token=aaaaaaaaaaaaaaaa1",
        "-----BEGIN CERTIFICATE----- and sk-learn-based-classification-of-things",
      })
  void isLeftAlone(String text) {
    assertThat(ALL.apply(text).text()).isEqualTo(text);
  }

  @Test
  void aPrivateKeyGoesWholeAndOneThatIsCutOffToo() {
    String key =
        "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\nq83vEjRW\n-----END RSA PRIVATE KEY-----";

    assertThat(ALL.apply("a\n" + key + "\nb").text()).isEqualTo("a\n<secret>\nb");
    assertThat(ALL.apply("a\n" + key.substring(0, 45)).text()).isEqualTo("a\n<secret>");
  }

  @Test
  void anAddressBehindALeaderIsFoundHoweverLongThatIs() {
    for (String sign : List.of(".", "_", "-")) {
      assertThat(ALL.apply("Jo" + sign.repeat(64) + "jo@acme.com").text())
          .isEqualTo("Jo" + sign.repeat(64) + "<email>");
    }
    assertThat(ALL.apply("a".repeat(65) + "@acme.com").counts()).isEmpty();
  }

  @Test
  void countsByKind() {
    Mask.Masked masked = ALL.apply("a@web.org b@web.org +44 20 7946 0958 a@web.org");

    assertThat(masked.counts()).isEqualTo(Map.of("email", 3L, "phone", 1L));
  }

  @Test
  void maskingAgainChangesNothing() {
    String masked = ALL.apply("a@web.org 66.249.66.1 +44 20 7946 0958 AKIAIOSFODNN7EXAMPLE").text();

    assertThat(masked).isEqualTo("<email> <ip> <phone> <secret>");
    assertThat(ALL.apply(masked).text()).isEqualTo(masked);
  }

  @Test
  void luhnAndItsOneDigitErrors() {
    assertThat(Cards.passesLuhn("79927398713")).isTrue(); // worked out on paper
    for (int wrong = 0; wrong < 9; wrong++) {
      int digit = wrong < 3 ? wrong : wrong + 1;
      assertThat(Cards.passesLuhn("7992739871" + digit)).as("digit %d", digit).isFalse();
    }
  }

  @Test
  void entropyOfEvenSignsIsTheirLogarithm() {
    assertThat(Secrets.entropy("abcdefgh")).isEqualTo(3.0);
    assertThat(Secrets.entropy("aaaaaaaa")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "@",
        "a@",
        "a.",
        "a@b.co ",
        "1",
        "1.",
        "1 ",
        "01 ",
        "+1 2 ",
        "(123) ",
        "1234 ",
        "a@b.2",
        "a@b-",
        "ab:",
        "+1",
        "(1",
        ":",
        "::",
        "a:",
        "1:",
        "://",
        "password=",
        "://a:b",
        "=",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----",
        "eyJ.",
        "DE89",
        "AKIA",
        "sk-",
        "212-555-0187 ",
        "tel 1234567 "
      })
  void takesLinearTime(String part) {
    String large = part.repeat(LARGE / part.length());

    assertTimeout(ofSeconds(20), () -> ALL.apply(large)); // a tenth of one on a calm machine
  }
}
