package dev.rootstock.training;

import dev.rootstock.contract.engine.EngineMain;
import dev.rootstock.contract.engine.Verb;
import dev.rootstock.training.bench.AdaptersBenchVerb;
import dev.rootstock.training.bench.BenchVerb;
import java.util.LinkedHashMap;
import java.util.Map;

/** The engine's main program: {@code VERB SPEC.json RESULT.json}. */
public final class TrainingMain {
  private TrainingMain() {}

  public static void main(String[] arguments) {
    Map<String, Verb<?>> verbs = new LinkedHashMap<>();
    verbs.put("pretrain", new PretrainVerb());
    verbs.put("finetune", new FinetuneVerb());
    verbs.put("finetunes", new FinetunesVerb());
    verbs.put("evaluate", new EvaluateVerb());
    verbs.put("measure", new MeasureVerb());
    verbs.put("weigh", new WeighVerb());
    verbs.put("generate", new GenerateVerb());
    verbs.put("import", new ImportVerb());
    verbs.put("export", new ExportVerb());
    verbs.put("bench", new BenchVerb());
    verbs.put("bench-adapters", new AdaptersBenchVerb());
    EngineMain.run(arguments, verbs);
  }
}
