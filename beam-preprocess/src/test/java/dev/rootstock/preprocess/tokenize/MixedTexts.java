package dev.rootstock.preprocess.tokenize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Texts that encoders have trouble with, from fixed seeds. */
final class MixedTexts {
  /** A sentence or two in each of many languages, written for this test. */
  static final Map<String, String> LANGUAGES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("en", "The rootstock doesn't choose; it's 1 tree, grafted 25 times."),
              Map.entry(
                  "de", "Größere Äpfel überleben den süßen Frühling 1984 nicht unbeschädigt."),
              Map.entry("fr", "L’été dernier, nous avons goûté « trois » poires à l'œil nu."),
              Map.entry("es", "¿Cuántos árboles plantó la niña? ¡Diecisiete, según mamá!"),
              Map.entry("pl", "Zażółć gęślą jaźń, a potem podlej wiśnię."),
              Map.entry("tr", "İğde ağacı ılık ışıkta büyür; ŞİMDİ çiçek açtı."),
              Map.entry("vi", "Người trồng cây ghép những cành tốt nhất vào gốc cũ."),
              Map.entry("ru", "Съешь ещё этих мягких французских булок, да выпей чаю."),
              Map.entry("uk", "Її ґанок прикрашають п’ять яблунь і одна груша."),
              Map.entry("el", "Η ρίζα του δέντρου κρύβεται βαθιά μέσα στη γη, φίλε μου."),
              Map.entry("he", "השורש עמוק והעץ גבוה, שָׁלוֹם לכולם."),
              Map.entry("ar", "الجذر عميقٌ والشجرة عالية، ٣٤٥ ثمرة هذا العام."),
              Map.entry("fa", "ریشهٔ درخت می‌روید و شاخه‌ها پیوند می‌خورند ۱۲۳."),
              Map.entry("hi", "जड़ गहरी है और पेड़ ऊँचा; क्या तुमने १२ फल गिने?"),
              Map.entry("bn", "গাছের শিকড় মাটির গভীরে যায়, ৪৫টি ফল ধরে।"),
              Map.entry("ta", "வேர் ஆழமானது, மரம் உயரமானது."),
              Map.entry("te", "వేరు లోతుగా ఉంటుంది, చెట్టు ఎత్తుగా ఉంటుంది."),
              Map.entry("th", "รากไม้อยู่ลึกใต้ดินและกิ่งใหม่ก็เติบโตขึ้นทุกปี ๑๒๓"),
              Map.entry("my", "သစ်ပင်၏ အမြစ်သည် မြေထဲတွင် နက်၏။"),
              Map.entry("ka", "ხის ფესვი ღრმად არის მიწაში."),
              Map.entry("hy", "Ծառի արմատը խորն է, իսկ ճյուղը՝ բարձր։"),
              Map.entry("am", "የዛፉ ሥር በመሬት ውስጥ ጥልቅ ነው።"),
              Map.entry("zh", "砧木只种一次，接穗可以嫁接很多次；价格１２３元。"),
              Map.entry("ja", "台木は一度だけ植え、接ぎ木は何度でもできます。カタカナとｶﾅ。"),
              Map.entry("ko", "뿌리는 깊고 나무는 높다. 열매 37개를 세었다."),
              Map.entry("km", "ឫសឈើនៅជ្រៅក្នុងដី"),
              Map.entry("si", "ගසේ මුල පොළොව යට ගැඹුරට යයි.")));

  private static final String[] OTHERS = {
    "👩‍👩‍👧‍👦",
    " 🙂",
    "🇩🇪",
    "👍🏽",
    "a\u0301",
    " e\u0301\u0323",
    "\u1100\u1161\u11a8",
    "\u212b",
    "𝒳𝓎 𝟙𝟚",
    " 123",
    "1234567",
    " Ⅷ½²",
    " 3.14e-10",
    "'ll",
    " DON'T",
    "'S",
    "ſ",
    "'ſ",
    " it's",
    "\u0000",
    "\u0007",
    "\u001b[0m",
    "\u001c",
    "\u007f",
    "\u0085",
    "\r\n",
    "\r",
    "\n\n",
    "\n",
    "\t\t",
    "   ",
    "\u00a0",
    " \u00a0 ",
    "\u3000",
    "\u2028",
    "\u2029",
    "\u200b",
    "\u200d",
    "\u202e",
    "\ufeff",
    "...",
    " !?",
    "_x_",
    "--",
    " (a)",
    "if (x != 0) {\n\treturn x[i++];\n}",
    "https://example.org/a?b=c&d=%20",
    "<|endoftext|>",
    " <|im_start|>",
    "<p class=\"x\">",
    " ﷺ",
    "\ufffd",
    "\ud800",
    "x\udc00y",
    "\ue000",
    "\udbff\udfff",
    "Ǆ",
    "ﬃ",
    "ß",
    "ẞ"
  };

  private MixedTexts() {}

  /** Documents of words, fragments and random characters, lone surrogates among them. */
  static List<String> documents(long seed, int count) {
    Random random = new Random(seed);
    List<String> sentences = new ArrayList<>(LANGUAGES.values());
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int bit = random.nextInt(24); bit >= 0; bit--) {
        append(text, random, sentences);
      }
      documents.add(text.toString());
    }
    return documents;
  }

  private static void append(StringBuilder text, Random random, List<String> sentences) {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> {
        String sentence = sentences.get(random.nextInt(sentences.size()));
        int from = random.nextInt(sentence.length());
        text.append(sentence, from, from + random.nextInt(sentence.length() - from + 1));
      }
      case 3, 4 -> text.append(OTHERS[random.nextInt(OTHERS.length)]);
      case 5 -> text.append(" \n\t\r\u00a0".charAt(random.nextInt(5)));
      case 6 -> {
        int run = random.nextInt(50) == 0 ? 700 : random.nextInt(9);
        text.append(" \n\taZ0-語".substring(random.nextInt(8)).substring(0, 1).repeat(run));
      }
      default ->
          text.appendCodePoint(
              random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x3000));
    }
  }

  /** The text in whose stead an encoder may put it: lone surrogates replaced. */
  static String sound(String text) {
    return new String(
        text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
            .toArray(),
        0,
        (int) text.codePoints().count());
  }
}
