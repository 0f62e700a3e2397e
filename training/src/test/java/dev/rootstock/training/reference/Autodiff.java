package dev.rootstock.training.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * Reverse-mode differentiation of matrices in plain Java: every operation notes how to send its
 * gradient back.
 */
public final class Autodiff {
  private final List<Runnable> backward = new ArrayList<>();

  /** A matrix and its gradient. */
  public static final class Node {
    public final int rows;
    public final int columns;
    public final double[] value;
    public final double[] gradient;

    public Node(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      value = new double[rows * columns];
      gradient = new double[rows * columns];
    }

    public static Node of(int rows, int columns, double[] values) {
      Node node = new Node(rows, columns);
      System.arraycopy(values, 0, node.value, 0, values.length);
      return node;
    }
  }

  /** Sends a gradient of 1 from a 1 × 1 node back through all that was computed. */
  public void backward(Node loss) {
    loss.gradient[0] = 1;
    for (int i = backward.size() - 1; i >= 0; i--) {
      backward.get(i).run();
    }
  }

  Node product(Node a, Node b) {
    Node y = new Node(a.rows, b.columns);
    eachOf(
        a.rows,
        b.columns,
        a.columns,
        (i, j, k) -> y.value[i * b.columns + j] += at(a, i, k) * at(b, k, j));
    backward.add(
        () ->
            eachOf(
                a.rows,
                b.columns,
                a.columns,
                (i, j, k) -> {
                  double dy = y.gradient[i * b.columns + j];
                  a.gradient[i * a.columns + k] += dy * at(b, k, j);
                  b.gradient[k * b.columns + j] += dy * at(a, i, k);
                }));
    return y;
  }

  Node transpose(Node a) {
    int[] from = new int[a.rows * a.columns];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % a.rows * a.columns + i / a.rows;
    }
    return pick(a, a.columns, a.rows, from);
  }

  Node columns(Node a, int first, int count) {
    int[] from = new int[a.rows * count];
    for (int i = 0; i < from.length; i++) {
      from[i] = i / count * a.columns + first + i % count;
    }
    return pick(a, a.rows, count, from);
  }

  Node rows(Node a, int... rows) {
    int[] from = new int[rows.length * a.columns];
    for (int i = 0; i < from.length; i++) {
      from[i] = rows[i / a.columns] * a.columns + i % a.columns;
    }
    return pick(a, rows.length, a.columns, from);
  }

  /** Repeats a row or a column, or both, until it fills the measures. */
  Node spread(Node a, int rows, int columns) {
    int[] from = new int[rows * columns];
    for (int i = 0; i < from.length; i++) {
      from[i] = (a.rows == 1 ? 0 : i / columns * a.columns) + (a.columns == 1 ? 0 : i % columns);
    }
    return pick(a, rows, columns, from);
  }

  Node pick(Node a, int rows, int columns, int[] from) {
    Node y = new Node(rows, columns);
    for (int i = 0; i < from.length; i++) {
      y.value[i] = a.value[from[i]];
    }
    backward.add(
        () -> {
          for (int i = 0; i < from.length; i++) {
            a.gradient[from[i]] += y.gradient[i];
          }
        });
    return y;
  }

  Node beside(List<Node> parts) {
    int rows = parts.get(0).rows;
    int columns = parts.stream().mapToInt(part -> part.columns).sum();
    Node y = new Node(rows, columns);
    int first = 0;
    for (Node part : parts) {
      int at = first;
      for (int i = 0; i < part.value.length; i++) {
        y.value[i / part.columns * columns + at + i % part.columns] = part.value[i];
      }
      backward.add(
          () -> {
            for (int i = 0; i < part.value.length; i++) {
              part.gradient[i] += y.gradient[i / part.columns * columns + at + i % part.columns];
            }
          });
      first += part.columns;
    }
    return y;
  }

  Node add(Node a, Node b) {
    Node y = new Node(a.rows, a.columns);
    for (int i = 0; i < y.value.length; i++) {
      y.value[i] = a.value[i] + b.value[i];
    }
    backward.add(
        () -> {
          for (int i = 0; i < y.value.length; i++) {
            a.gradient[i] += y.gradient[i];
            b.gradient[i] += y.gradient[i];
          }
        });
    return y;
  }

  Node times(Node a, Node b) {
    Node y = new Node(a.rows, a.columns);
    for (int i = 0; i < y.value.length; i++) {
      y.value[i] = a.value[i] * b.value[i];
    }
    backward.add(
        () -> {
          for (int i = 0; i < y.value.length; i++) {
            a.gradient[i] += y.gradient[i] * b.value[i];
            b.gradient[i] += y.gradient[i] * a.value[i];
          }
        });
    return y;
  }

  Node each(Node a, DoubleUnaryOperator function, DoubleUnaryOperator derivative) {
    Node y = new Node(a.rows, a.columns);
    for (int i = 0; i < y.value.length; i++) {
      y.value[i] = function.applyAsDouble(a.value[i]);
    }
    backward.add(
        () -> {
          for (int i = 0; i < y.value.length; i++) {
            a.gradient[i] += y.gradient[i] * derivative.applyAsDouble(a.value[i]);
          }
        });
    return y;
  }

  Node scale(Node a, double factor) {
    return each(a, x -> factor * x, x -> factor);
  }

  Node exp(Node a) {
    return each(a, StrictMath::exp, StrictMath::exp);
  }

  Node log(Node a) {
    return each(a, StrictMath::log, x -> 1 / x);
  }

  /** Sum of each row, a column. */
  Node rowSums(Node a) {
    Node ones = new Node(a.columns, 1);
    java.util.Arrays.fill(ones.value, 1);
    return product(a, ones);
  }

  Node sum(Node a) {
    Node ones = new Node(1, a.rows);
    java.util.Arrays.fill(ones.value, 1);
    return product(ones, rowSums(a));
  }

  private interface Triple {
    void take(int i, int j, int k);
  }

  private static void eachOf(int m, int n, int inner, Triple triple) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < inner; k++) {
          triple.take(i, j, k);
        }
      }
    }
  }

  private static double at(Node a, int i, int j) {
    return a.value[i * a.columns + j];
  }
}
