package dev.rootstock.console.cli;

import dev.rootstock.activities.registry.ModelVersion;
import dev.rootstock.console.Platform;
import dev.rootstock.contract.Check;
import dev.rootstock.contract.engine.GenerateOrder;
import dev.rootstock.contract.engine.Generated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "generate",
    description = "Let a model go on from prompts.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  rootstock generate story \"Once upon a time\"",
      "  rootstock generate story@3 --prompt \"Once\" --max-tokens 20 --temperature 0 -o json"
    })
final class GenerateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "MODEL", description = "NAME, NAME@ALIAS or NAME@3")
  private String model = "";

  @Parameters(index = "1..*", paramLabel = "PROMPT", arity = "0..*", description = "a text each")
  private List<String> given = List.of();

  @Option(names = "--prompt", paramLabel = "TEXT", description = "one more; may be repeated")
  private List<String> named = List.of();

  @Option(
      names = "--form",
      paramLabel = "FORM",
      defaultValue = "plain",
      description =
          "plain: the model goes on from a prompt as it stands; chat: a prompt is what a user says, in the model's "
              + "chat template; auto: chat for a model that knows it; default ${DEFAULT-VALUE}")
  private GenerateOrder.Form form = GenerateOrder.Form.PLAIN;

  @Mixin private final SamplingOptions sampling = new SamplingOptions();
  @Mixin private final StoreOption store = new StoreOption();
  @Mixin private final Output output = new Output();

  GenerateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> prompts = Stream.of(given, named).flatMap(List::stream).toList();
    new Check()
        .that(!prompts.isEmpty(), "--prompt", "missing", "given, or a PROMPT behind the model")
        .done();
    try (Platform platform = Platform.here()) {
      ModelVersion version = platform.model(store.place(), model);
      Generated generated =
          platform
              .engines()
              .generate(
                  platform.store(store.place()).root().toString(),
                  version.checkpoint(),
                  prompts,
                  sampling.sampling(Forms.of(form, version)),
                  new Loading(terminal, "generate"));
      List<Map<String, Object>> answers = new ArrayList<>();
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < prompts.size(); i++) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("prompt", prompts.get(i));
        answer.put("text", generated.answers().get(i).text());
        answer.put("ids", generated.answers().get(i).ids());
        answers.add(answer);
        text.append(form == GenerateOrder.Form.PLAIN ? prompts.get(i) : "")
            .append(generated.answers().get(i).text())
            .append('\n');
      }
      Map<String, Object> whole = new LinkedHashMap<>();
      whole.put("model", version.ref().label());
      whole.put("text", answers.get(0).get("text"));
      whole.put("ids", answers.get(0).get("ids"));
      whole.put("answers", answers);
      output.write(terminal, "rootstock.generated/1", whole, text.toString());
      terminal.next(
          "rootstock chat " + version.ref().label(), "prompt after prompt, the model stays loaded");
      return Exit.DONE;
    }
  }
}
