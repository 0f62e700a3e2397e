/** An engine: tokens to models, models to answers. It knows tensors, and nothing of who asks. */
package dev.rootstock.training;
