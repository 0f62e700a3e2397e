package dev.rootstock.preprocess;

import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.preprocess.bench.BenchVerb;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine: {@code clean}, {@code learn}, {@code tokenize}, {@code publish} or {@code look}, an
 * order's file, a result's file.
 */
public final class PreprocessMain {
  private PreprocessMain() {}

  public static void main(String[] arguments) {
    Map<String, Verb<?>> verbs = new LinkedHashMap<>();
    verbs.put("clean", new CleanVerb());
    verbs.put("screen", new ScreenVerb());
    verbs.put("learn", new LearnVerb());
    verbs.put("tokenize", new TokenizeVerb());
    verbs.put("bench", new BenchVerb(new CleanVerb(), new LearnVerb(), new TokenizeVerb()));
    verbs.put("publish", new PublishVerb());
    verbs.put("look", new LookVerb());
    EngineMain.run(arguments, verbs);
  }
}
