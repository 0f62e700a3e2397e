package dev.rootstock.preprocess.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | We left the house early because the train to the coast would not wait for us, and the children were still half asleep.
          de | Wir verließen das Haus früh, weil der Zug an die Küste nicht auf uns warten würde, und die Kinder schliefen noch halb.
          fr | Nous avons quitté la maison de bonne heure, car le train pour la côte ne nous attendrait pas et les enfants dormaient encore.
          es | Salimos temprano de casa porque el tren hacia la costa no nos iba a esperar, y los niños todavía estaban medio dormidos.
          pt | Saímos de casa cedo porque o comboio para a costa não ia esperar por nós, e as crianças ainda estavam meio a dormir.
          it | Siamo usciti di casa presto perché il treno per la costa non ci avrebbe aspettato, e i bambini erano ancora mezzo addormentati.
          nl | We vertrokken vroeg van huis omdat de trein naar de kust niet op ons zou wachten, en de kinderen sliepen nog half.
          sv | Vi lämnade huset tidigt eftersom tåget till kusten inte skulle vänta på oss, och barnen sov fortfarande till hälften.
          da | Vi forlod huset tidligt, fordi toget til kysten ikke ville vente på os, og børnene var stadig ikke rigtig vågne.
          nb | Vi dro hjemmefra tidlig fordi toget til kysten ikke kom til å vente på oss, og barna var fortsatt ikke ordentlig våkne.
          fi | Lähdimme kotoa aikaisin, koska rannikolle kulkeva juna ei odottaisi meitä, ja lapset olivat vielä puoliksi unessa.
          pl | Wyszliśmy z domu wcześnie, bo pociąg na wybrzeże nie czekałby na nas, a dzieci były jeszcze na wpół śpiące.
          cs | Odešli jsme z domu brzy, protože vlak k moři by na nás nečekal, a děti ještě napůl spaly a nechtěly mluvit.
          hu | Korán indultunk el otthonról, mert a tengerpartra induló vonat nem várt volna ránk, és a gyerekek még félig aludtak.
          ro | Am plecat devreme de acasă pentru că trenul spre coastă nu ne-ar fi așteptat, iar copiii erau încă pe jumătate adormiți.
          tr | Evden erken çıktık çünkü sahile giden tren bizi beklemeyecekti ve çocuklar hâlâ yarı uykudaydı, kimse konuşmuyordu.
          vi | Chúng tôi rời khỏi nhà từ sớm vì chuyến tàu ra bờ biển sẽ không chờ chúng tôi, còn bọn trẻ thì vẫn đang buồn ngủ.
          id | Kami berangkat dari rumah pagi sekali karena kereta ke pantai tidak akan menunggu kami, dan anak-anak masih setengah tidur.
          ru | Мы вышли из дома рано, потому что поезд на побережье не стал бы нас ждать, а дети ещё наполовину спали.
          uk | Ми вийшли з дому рано, бо потяг до узбережжя не чекав би на нас, а діти ще наполовину спали.
          bg | Излязохме от къщи рано, защото влакът за морето нямаше да ни чака, а децата все още бяха полузаспали.
          el | Φύγαμε νωρίς από το σπίτι γιατί το τρένο για την ακτή δεν θα μας περίμενε, και τα παιδιά ήταν ακόμα μισοκοιμισμένα.
          he | יצאנו מהבית מוקדם כי הרכבת לחוף לא הייתה מחכה לנו, והילדים עדיין היו חצי ישנים.
          ar | غادرنا المنزل مبكرا لأن القطار المتجه إلى الساحل لن ينتظرنا، وكان الأطفال ما زالوا نصف نائمين.
          fa | صبح زود از خانه بیرون رفتیم چون قطار ساحل منتظر ما نمی‌ماند و بچه‌ها هنوز خواب‌آلود بودند.
          hi | हम घर से जल्दी निकले क्योंकि तट की ओर जाने वाली रेलगाड़ी हमारा इंतज़ार नहीं करती, और बच्चे अभी भी आधी नींद में थे।
          bn | আমরা ভোরে বাড়ি থেকে বের হলাম কারণ ট্রেন আমাদের জন্য অপেক্ষা করবে না, আর বাচ্চারা তখনও আধো ঘুমে ছিল।
          ta | கடற்கரைக்குச் செல்லும் ரயில் எங்களுக்காகக் காத்திருக்காது என்பதால் நாங்கள் சீக்கிரமே வீட்டை விட்டுக் கிளம்பினோம்.
          th | เราออกจากบ้านแต่เช้าเพราะรถไฟไปชายทะเลจะไม่รอเรา และเด็กๆ ก็ยังครึ่งหลับครึ่งตื่น
          ko | 바닷가로 가는 기차가 우리를 기다려 주지 않을 테니 우리는 일찍 집을 나섰고 아이들은 아직 반쯤 자고 있었다.
          ja | 海辺へ行く電車は待ってくれないので、私たちは早く家を出た。子どもたちはまだ半分眠っていた。
          zh | 因为去海边的火车不会等我们，所以我们很早就出了门，孩子们还没有完全睡醒。
          """)
  void isTold(String tag, String text) {
    Guess guess = Languages.of(text);

    assertThat(guess.tag()).isEqualTo(tag);
    assertThat(guess.score()).isBetween(0.1, 1.0);
  }

  @Test
  void certaintyGrowsWithTheText() {
    String sentence = "The river had risen in the night, and nobody could cross the old bridge. ";

    assertThat(Languages.of(sentence.repeat(1)).score())
        .isLessThan(
            Languages.of(
                    sentence
                        + "Some of the farmers waited with their horses, others went home again and"
                        + " said that it would be better to try once more when the rain was over.")
                .score());
    assertThat(Languages.of("ok").score()).isLessThan(0.5);
  }

  @Test
  void noiseIsNotBelieved() {
    Random random = new Random(1);
    for (int text = 0; text < 20; text++) {
      StringBuilder noise = new StringBuilder();
      for (int i = 0; i < 100; i++) {
        noise.append(Long.toHexString(random.nextLong())).append(' ');
      }
      assertThat(Languages.of(noise.toString()).score()).isLessThan(0.5);
    }
    assertThat(Languages.of("12 345 67.8 — 9 / 10 ".repeat(30))).isEqualTo(Guess.UNKNOWN);
    assertThat(Languages.of("")).isEqualTo(Guess.UNKNOWN);
  }

  @Test
  void chineseThatQuotesALittleJapaneseStaysChinese() {
    assertThat(
            Languages.of("我们昨天去了一家新开的餐馆，名字叫「さくら」，菜很好吃，服务也非常周到，下次还想再去，朋友们也都很喜欢那里的环境和气氛，价格并不算贵。")
                .tag())
        .isEqualTo("zh");
  }

  @Test
  void whatTheSourceDeclaresTipsTheScalesAndNoMore() {
    String short_ = "Han er her i dag";
    String english = "The river had risen in the night, and nobody could cross the old bridge.";

    assertThat(List.of(Languages.of(short_, "da").tag(), Languages.of(short_, "nb").tag()))
        .containsExactly("da", "nb");
    assertThat(Languages.of(english, "de").tag()).isEqualTo("en");
  }

  @Test
  void manyThreadsTellTheSame() {
    String text = "Der Fluss war in der Nacht gestiegen, und niemand kam über die alte Brücke.";
    Guess alone = Languages.of(text);

    assertThat(IntStream.range(0, 200).parallel().mapToObj(i -> Languages.of(text)))
        .allMatch(alone::equals);
  }

  @Test
  void addressesAndNumbersDoNotCount() {
    String text = "Wir haben den Brief gestern bekommen und danken Ihnen sehr dafür";

    assertThat(Languages.of(text + " https://www.example.com/this/is/the/way 12345"))
        .isEqualTo(Languages.of(text));
  }
}
