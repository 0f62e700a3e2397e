package dev.rootstock.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rows by which finetunes will be judged, of which a corpus must hold none.
 *
 * @param tasks in the order of the request
 */
public record TestItems(List<Task> tasks) implements HandedOn {
  public static final TestItems NONE = new TestItems(List.of());

  public TestItems {
    tasks = List.copyOf(tasks);
  }

  /**
   * A finetune's task.
   *
   * @param name of the finetune, for messages
   * @param data where its files lie
   * @param test where its test files lie
   */
  public record Task(String name, TaskSpec spec, List<PinnedFile> data, List<PinnedFile> test)
      implements HandedOn {
    public Task {
      data = List.copyOf(data);
      test = List.copyOf(test);
    }

    /** Of what decides its test rows: how many rows are trained on does not. */
    public Fingerprint fingerprint() {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("format", (long) Fingerprint.FORMAT);
      form.put("task", CanonicalJson.tree(spec.testing()));
      return Fingerprint.ofForm(form);
    }
  }

  /** Fingerprints of the tasks, sorted, each once. */
  public List<String> names() {
    TreeSet<String> names = new TreeSet<>();
    tasks.forEach(task -> names.add(task.fingerprint().hex()));
    return new ArrayList<>(names);
  }

  /** Of all rows, whatever the order of the tasks. */
  public Fingerprint fingerprint() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("format", (long) Fingerprint.FORMAT);
    form.put("tasks", names());
    return Fingerprint.ofForm(form);
  }
}
