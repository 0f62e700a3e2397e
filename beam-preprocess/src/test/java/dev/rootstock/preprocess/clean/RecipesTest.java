package dev.rootstock.preprocess.clean;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rootstock.contract.CanonicalJson;
import dev.rootstock.contract.CleaningSpec;
import dev.rootstock.preprocess.Dropped;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Good prose passes every recipe, in scripts with spaces and without. */
class RecipesTest {
  private static final String ENGLISH =
      """
      The mill stood where the river bends, and for most of a century it ground the corn of three villages.
      When the railway came, flour was brought from the city at half the price, and the wheel stopped for good.
      Children swam in the pond behind the weir, and the old miller sold them apples from a basket by the door.
      He used to say that water never forgets its way, and that somebody would want the place again one day.
      Last spring two sisters bought it, cleared the race of mud and stones, and hung a new wheel made of oak.
      It turns again now, slowly, and it gives light enough for eleven houses. People come on Sundays to look at it.
      """;
  private static final String CHINESE =
      """
      去年秋天，我和两个朋友一起去了云南北部的一个小村子。那里的路很窄，汽车开到半山腰就上不去了，剩下的路只能靠走。
      村里一共住着三十多户人家，大多数年轻人都在城里打工，只有老人和孩子留在家里。傍晚的时候，炊烟从屋顶慢慢升起来，狗在田边跑来跑去。
      房东是一位七十岁的老奶奶，她每天早上五点起床，先喂鸡，再到山脚下的井里打水。她说自己一辈子没有离开过这里，却一点也不觉得遗憾。
      第三天下了一整天的雨，我们坐在火塘边听她讲年轻时候的故事。她讲得很慢，讲到高兴的地方就笑起来，露出仅剩的几颗牙齿。
      离开的那天，她送了我们一袋核桃，一直把我们送到村口的大树下面。回头看的时候，她还站在那里挥手！
      """;
  private static final String JAPANESE =
      """
      祖父の家は海のすぐそばにあり、夏になると毎朝、波の音で目を覚ました。朝ごはんの前に浜まで歩いて、流れ着いた貝がらや木の枝を拾うのが楽しみだった。
      祖父は若いころ漁師をしていて、天気のことなら何でも知っていた。雲の形を見ただけで、午後から雨が降るかどうかを言い当てることができた。
      ある日、二人で小さな舟に乗って沖へ出た。魚はあまり釣れなかったけれど、祖父は静かに笑って、釣れない日のほうがよく覚えているものだと言った。
      今では家も舟もなくなってしまったが、あの言葉だけは忘れられない。私は町で働きながら、ときどき海の匂いを思い出している。
      来年の夏には、子どもたちを連れてもう一度あの浜を歩いてみたいと思う。貝がらはまだ落ちているだろうか。
      """;
  private static final String KOREAN =
      """
      우리 동네 골목 끝에는 오래된 빵집이 하나 있다. 주인아저씨는 새벽 네 시에 일어나 반죽을 시작하고, 여섯 시가 되면 첫 번째 빵이 나온다.
      어릴 때 나는 학교에 가는 길에 늘 그 앞에서 발걸음을 멈추었다. 따뜻한 냄새가 골목을 가득 채웠고, 아저씨는 가끔 작은 빵을 하나씩 쥐여 주셨다.
      지금은 큰길에 새로운 가게들이 많이 생겼지만, 사람들은 여전히 그 빵집을 찾는다. 가격은 조금 올랐지만 맛은 그대로라고 모두가 말한다.
      지난 겨울에 아저씨가 많이 아프셔서 한 달 동안 문을 닫은 적이 있었다. 동네 사람들은 편지를 써서 문 앞에 붙여 두었고, 봄이 되자 불이 다시 켜졌다.
      나는 요즘도 주말마다 그곳에 들러 빵을 사고 잠깐 이야기를 나눈다. 그 짧은 시간이 일주일을 버티게 해 주는 힘이 된다.
      """;
  private static final String THAI =
      """
      ตอนเด็กฉันอาศัยอยู่กับยายในหมู่บ้านเล็กๆ ริมแม่น้ำ ทุกเช้ายายจะตื่นก่อนฟ้าสว่างเพื่อหุงข้าวและเตรียมอาหารใส่บาตร
      บ้านของเรามีต้นมะม่วงใหญ่อยู่หน้าบ้าน พอถึงหน้าร้อนเด็กๆ ในหมู่บ้านจะมานั่งเล่นใต้ต้นไม้และรอให้ผลสุกหล่นลงมา
      ยายเล่านิทานเก่งมาก เรื่องที่ฉันชอบที่สุดคือเรื่องเต่ากับนกที่สัญญากันว่าจะเดินทางไปดูทะเลด้วยกัน
      เมื่อโตขึ้นฉันย้ายมาทำงานในเมืองใหญ่ รถติดทุกวันและผู้คนเดินเร็วกว่าที่เคยเห็น แต่ฉันก็ยังคิดถึงเสียงน้ำไหลข้างบ้าน
      ปีนี้ฉันตั้งใจจะกลับไปเยี่ยมบ้านหลังเก่าและปลูกต้นมะม่วงต้นใหม่แทนต้นเดิมที่ล้มไปเพราะพายุเมื่อปีก่อน
      """;

  private static Cleaned clean(String recipe, String text) {
    return Cleaning.of(CanonicalJson.read("\"" + recipe + "\"", CleaningSpec.class))
        .apply(Passages.document(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "basic", "c4", "gopher", "fineweb"})
  void goodProsePasses(String recipe) {
    for (String text : List.of(ENGLISH, CHINESE, JAPANESE, KOREAN, THAI)) {
      assertThat(clean(recipe, text).dropped().map(Dropped::detail)).as(text).isEmpty();
    }
  }

  @Test
  void finewebNotesTheLanguageOfEach() {
    assertThat(List.of(ENGLISH, CHINESE, JAPANESE, KOREAN, THAI))
        .extracting(text -> clean("fineweb", text).document().language())
        .containsExactly("en", "zh", "ja", "ko", "th");
  }

  @Test
  void theRecipesAskInThePublishedOrder() {
    CleaningSpec fineweb = CanonicalJson.read("\"fineweb\"", CleaningSpec.class);

    assertThat(Recipes.rules(fineweb, Blocking.of(fineweb.blocked())))
        .extracting(Rule::name)
        .containsExactly(
            "readable/1",
            "not-empty/1",
            "long-enough/1",
            "short-enough/1",
            "language/1",
            "repeated-paragraphs/1",
            "repeated-lines/1",
            "top-ngram/1",
            "repeated-ngrams/1",
            "word-count/1",
            "word-length/1",
            "symbols/1",
            "line-marks/1",
            "letters/1",
            "stop-words/1",
            "c4-lines/1",
            "line-ends/1",
            "short-lines/1",
            "repeated-characters/1",
            "list-like/1");
  }

  @Test
  void spamCodeAndListsDoNotPassFineweb() {
    assertThat(clean("fineweb", "buy now cheap watches ".repeat(40)).dropped()).isPresent();
    assertThat(clean("fineweb", ENGLISH + "function f() { return 1; }\n").dropped())
        .map(Dropped::rule)
        .contains("fineweb/c4-lines/1");
    assertThat(
            clean("fineweb", ("Home\nAbout us\nContact\nNews\nShop " + "\n").repeat(12)).dropped())
        .isPresent();
  }
}
